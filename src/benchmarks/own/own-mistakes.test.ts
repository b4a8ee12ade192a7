import { describe, expect, it } from 'vitest';
import { CAPITALS, check, SUMS } from '../../../test/support/own-folder.ts';
import { carryover } from '../../../test/support/run-cli.ts';

describe('mistakes in a YAML file', () => {
  it('are all told at once, with line, column and what to do', async () => {
    const text = CAPITALS.replace('guards', 'guard')
      .replace('cluster:', 'clusters:')
      .concat('max_tokens: 0\nscore: { regexp: x }\n');
    expect(await check('many.yaml', text)).toMatchInlineSnapshot(`
      "many.yaml:3:9: domain: "guard" is not one of mathematical, logical, scientific, commonsense, symbolic, code, guards
         3 | domain: guard
           |         ~~~~~
             did you mean guards?
      many.yaml:10:1: clusters: unknown key
        10 | clusters: "{{continent}}"
           | ~~~~~~~~
             did you mean cluster?
      many.yaml:11:13: max_tokens: must be at least 1, got 0
        11 | max_tokens: 0
           |             ~
      many.yaml:12:1: score.regex: missing; it needs a text
        12 | score: { regexp: x }
           | ~~~~~
      many.yaml:12:10: score.regexp: unknown key
        12 | score: { regexp: x }
           |          ~~~~~~
             did you mean regex?
        5 problems in many.yaml.
      "
    `);
  });

  it('whether they lie in one value, between values, or between the file and its rows', async () => {
    const text = CAPITALS.replace('guards', 'guard')
      .replace('general-knowledge', 'general-knowlege')
      .replace('{{country}}', '{{county}}')
      .replace('"{{b}}"', '"{{bb}} {{e}}"')
      .replace('{{right}}', '{{rihgt}}')
      .concat('max_tokens: 0\nscore: exakt\n');
    expect(await check('rounds.yaml', text)).toMatchInlineSnapshot(`
      "rounds.yaml:3:9: domain: "guard" is not one of mathematical, logical, scientific, commonsense, symbolic, code, guards
         3 | domain: guard
           |         ~~~~~
             did you mean guards?
      rounds.yaml:4:13: abilities[0]: no domain has an ability general-knowlege
         4 | abilities: [general-knowlege]
           |             ~~~~~~~~~~~~~~~~
             did you mean general-knowledge?
      rounds.yaml:6:9: prompt: capitals.csv:2: the row has no column county
         6 | prompt: "Question: What is the capital of {{county}}?\\nAnswer:"
           |         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
             did you mean country?
      rounds.yaml:7:20: choices[1]: capitals.csv:2: the row has no column bb
         7 | choices: ["{{a}}", "{{bb}} {{e}}", "{{c}}"]
           |                    ~~~~~~~~~~~~~~
             did you mean b?
      rounds.yaml:7:20: choices[1]: capitals.csv:2: the row has no column e
         7 | choices: ["{{a}}", "{{bb}} {{e}}", "{{c}}"]
           |                    ~~~~~~~~~~~~~~
             it has country, a, b, c, right, continent
      rounds.yaml:8:9: answer: capitals.csv:2: the row has no column rihgt
         8 | answer: "{{rihgt}}"
           |         ~~~~~~~~~~~
             did you mean right?
      rounds.yaml:11:13: max_tokens: must be at least 1, got 0
        11 | max_tokens: 0
           |             ~
      rounds.yaml:12:8: score: there is no scorer exakt
        12 | score: exakt
           |        ~~~~~
             did you mean exact?
        8 problems in rounds.yaml.
      "
    `);
    const lost = CAPITALS.replace('capitals.csv', 'capital.csv').replace('general-knowledge', 'knowledge');
    expect((await check('lost.yaml', lost)).replaceAll(process.cwd(), 'HERE')).toMatchInlineSnapshot(`
      "lost.yaml:4:13: abilities[0]: the domain guards has no ability knowledge
         4 | abilities: [knowledge]
           |             ~~~~~~~~~
             known: general-knowledge, professional-knowledge, instruction-following, fact-recall
      lost.yaml:5:7: data: capital.csv: There is no such data file.
         5 | data: { file: capital.csv }
           |       ~~~~~~~~~~~~~~~~~~~~~
             Looked for HERE/capital.csv. A path is relative to the file that names it, or to the current folder on the command line.
        2 problems in lost.yaml.
      "
    `);
  });

  it('hide none in the templates: a wrong key of data, a key twice', async () => {
    const misspelt = CAPITALS.replace('{{country}}', '{{countri}}').replace('capitals\n', 'My Caps\n');
    const data = misspelt.replace('{ file: capitals.csv }', '{ file: capitals.csv, limits: 3 }');
    expect(await check('data.yaml', data)).toMatchInlineSnapshot(`
      "data.yaml:1:7: name: "My Caps" may hold small letters, digits, "_", "." and "-" only
         1 | name: My Caps
           |       ~~~~~~~
      data.yaml:5:29: data.limits: unknown key
         5 | data: { file: capitals.csv, limits: 3 }
           |                             ~~~~~~
             did you mean limit?
      data.yaml:6:9: prompt: capitals.csv:2: the row has no column countri
         6 | prompt: "Question: What is the capital of {{countri}}?\\nAnswer:"
           |         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
             did you mean country?
        3 problems in data.yaml.
      "
    `);
    const twice = await check('twice.yaml', `${misspelt}\ntitle: A\ntitle: B\n`);
    expect(twice).toContain('this key is there twice');
    expect(twice).toContain('the row has no column countri');
  });

  it('between values as well', async () => {
    const text = CAPITALS.replace('capitals\n', 'gsm8k\n')
      .replace('general-knowledge', 'general-knowlege')
      .replace('{ file: capitals.csv }', '{ file: capitals.csv, split: test }')
      .replace('{{c}}', '{{c}')
      .concat('score: exakt\n');
    expect(await check('between.yaml', text)).toMatchInlineSnapshot(`
      "between.yaml:1:7: name: a benchmark of this name comes with Carryover
         1 | name: gsm8k
           |       ~~~~~
             give it another name
      between.yaml:4:13: abilities[0]: the domain guards has no ability general-knowlege
         4 | abilities: [general-knowlege]
           |             ~~~~~~~~~~~~~~~~
             did you mean general-knowledge?
      between.yaml:5:29: data.split: does not go with file
         5 | data: { file: capitals.csv, split: test }
           |                             ~~~~~
      between.yaml:7:29: choices[2]: is no template: Parser Error: Expected closing expression token. CloseCurlyBracket !== CloseExpression.
         7 | choices: ["{{a}}", "{{b}}", "{{c}"]
           |                             ~~~~~~
             columns stand in double braces: {{question}}
      between.yaml:11:8: score: there is no scorer exakt
        11 | score: exakt
           |        ~~~~~
             did you mean exact?
        5 problems in between.yaml.
      "
    `);
    expect(await check('unscored.yaml', SUMS.replace('score: number\n', ''))).toMatchInlineSnapshot(`
      "unscored.yaml:1:1: score: missing; a written answer needs one of exact, number, math, or a map with a regex
         1 | name: sums
           | ~~~~
        1 problem in unscored.yaml.
      "
    `);
    expect(await check('pattern.yaml', SUMS.replace('score: number', "score: { regex: '(' }"))).toContain(
      'score.regex: invalid regular expression',
    );
  });

  it('and between the file and its rows, with the row', async () => {
    expect(await check('column.yaml', CAPITALS.replace('{{country}}', '{{county}}'))).toMatchInlineSnapshot(`
      "column.yaml:6:9: prompt: capitals.csv:2: the row has no column county
         6 | prompt: "Question: What is the capital of {{county}}?\\nAnswer:"
           |         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
             did you mean country?
        1 problem in column.yaml.
      "
    `);
    expect(await check('gold.yaml', CAPITALS.replace('answer_as: letter\n', ''))).toMatchInlineSnapshot(`
      "gold.yaml:8:9: answer: capitals.csv:2: "A" names none of 3 choices
         8 | answer: "{{right}}"
           |         ~~~~~~~~~~~
             is it a letter? write answer_as: letter
        1 problem in gold.yaml.
      "
    `);
    expect(await check('nodata.yaml', CAPITALS.replace('capitals.csv', 'capital.csv'))).toContain(
      'There is no such data file.',
    );
    expect(await check('shots.yaml', SUMS.replace('count: 2', 'count: 4'))).toContain(
      '4 examples cannot be drawn from 4 rows',
    );
    expect(await check('scorer.yaml', SUMS.replace('"{{sum}}"', '"many"'))).toMatchInlineSnapshot(`
      "scorer.yaml:8:8: score: 4 reference answers of 4 do not score 1, first that of item 1: The reference "many" holds no number.
         8 | score: number
           |        ~~~~~~
             choose another scorer, or mend the answer template
        1 problem in scorer.yaml.
      "
    `);
  });

  it('a missing file, a folder and a file of another kind', async () => {
    const { error, code } = await carryover('benchmarks', 'check', 'none.yaml');
    expect([code, error.split('\n')[0]]).toEqual([2, 'none.yaml: There is no such benchmark file.']);
    expect((await carryover('benchmarks', 'check', 'sums.jsonl')).error.split('\n')[0]).toBe(
      'sums.jsonl: This is no benchmark file.',
    );
  });
});
