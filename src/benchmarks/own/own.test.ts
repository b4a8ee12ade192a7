import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { carryover } from '../../../test/support/run-cli.ts';
import type { RunFacts } from '../../study/run-facts.ts';
import type { Item } from '../benchmark.ts';
import { openOwn } from './open-own.ts';
import { definitionKeys } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'own-'));
const home = process.cwd();
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});
beforeEach(() => process.chdir(folder));

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

const CAPITALS = `name: capitals
title: Capitals
domain: guards
abilities: [general-knowledge]
data: { file: capitals.csv }
prompt: "Question: What is the capital of {{country}}?\\nAnswer:"
choices: ["{{a}}", "{{b}}", "{{c}}"]
answer: "{{right}}"
answer_as: letter
cluster: "{{continent}}"
`;
const ROWS = `country,a,b,c,right,continent
France,Paris,Rome,Oslo,A,Europe
Italy,Paris,Rome,Oslo,B,Europe
Japan,Osaka,Kyoto,Tokyo,C,Asia
`;
const SUMS = `name: sums
domain: mathematical
abilities: [arithmetic]
why: One addition.
data: { file: sums.jsonl }
prompt: "{{a}} + {{b}} ="
answer: "{{sum}}"
score: number
shots: { count: 2 }
stop: ["\\n"]
max_tokens: 8
`;
write('capitals.csv', ROWS);
write('sums.jsonl', [1, 2, 3, 4].map((a) => `${JSON.stringify({ a, b: a + 1, sum: 2 * a + 1 })}\n`).join(''));

const check = async (name: string, text: string): Promise<string> => {
  const { error, code } = await carryover('benchmarks', 'check', write(name, text));
  expect(code).toBe(2);
  return error;
};

const items = async (name: string): Promise<readonly Item[]> =>
  (await openOwn(name, { known: [] })).benchmark.make(99);

describe('a benchmark of choices from a CSV file', () => {
  it('is shown by check', async () => {
    write('capitals.yaml', CAPITALS);
    expect((await carryover('benchmarks', 'check', 'capitals.yaml')).out).toMatchInlineSnapshot(`
      "capitals: Capitals (guards: general-knowledge)
      3 items in 2 clusters, acc_norm, a guesser scores 0.33; fingerprint 3723d51a15e8

      The first prompt:
        | Question: What is the capital of France?
        | Answer:

      Weighed behind it (* the reference):
        * " Paris"
          " Rome"
          " Oslo"

      Choices are weighed, so every item has an answer: correct or wrong.
      "
    `);
  });

  it('has its items, clusters and gold answers', async () => {
    const [first, , third] = await items(write('capitals.yaml', CAPITALS));
    expect(first).toMatchObject({
      kind: 'choice',
      gold: 0,
      cluster: 'Europe',
      choices: ['Paris', 'Rome', 'Oslo'],
    });
    expect(third).toMatchObject({ gold: 2, cluster: 'Asia', index: 2 });
    if (first?.kind !== 'choice') throw new Error('kind');
    expect(first.pairs[1]).toMatchObject({
      context: 'Question: What is the capital of France?\nAnswer:',
      continuation: ' Rome',
    });
  });

  it('may ask for letters, and show them', async () => {
    const lettered = CAPITALS.replace('{{country}}?\\n', '{{country}}?\\n{{lettered_choices}}\\n').concat(
      'ask: letter\n',
    );
    const [first] = await items(write('lettered.yaml', lettered));
    if (first?.kind !== 'choice') throw new Error('kind');
    expect(first.pairs[2]).toMatchObject({
      context: 'Question: What is the capital of France?\nA. Paris\nB. Rome\nC. Oslo\nAnswer:',
      continuation: ' C',
    });
  });
});

describe('a benchmark of written answers', () => {
  it('is shown by check, with what the reference and an empty answer score', async () => {
    write('sums.yaml', SUMS);
    expect((await carryover('benchmarks', 'check', 'sums.yaml')).out).toMatchInlineSnapshot(`
      "sums: sums (mathematical: arithmetic)
      4 items in 4 clusters, exact_match, a guesser scores 0.00; fingerprint 39617a533c12

      The first prompt:
        | 4 + 5 = 9
        | 
        | 3 + 4 = 7
        | 
        | 1 + 2 =

      Written until "\\n", at most 8 tokens.
      Reference: "3"
      As an output it is correct: Read 3 as the last number; the reference is 3.
      An empty output is no_answer: There is no number in the output.
      "
    `);
    const { reference, empty, unscorable } = JSON.parse(
      (await carryover('benchmarks', 'check', 'sums.yaml', '--json')).out,
    ) as { reference: { value: number }; empty: { outcome: string }; unscorable: unknown[] };
    expect([reference.value, empty.outcome, unscorable]).toEqual([1, 'no_answer', []]);
  });

  it('never shows an item to itself as an example', async () => {
    for (const item of await items(write('sums.yaml', SUMS))) {
      if (item.kind !== 'generate') throw new Error('kind');
      const [own, ...shots] = item.prompt.split('\n\n').reverse();
      expect(shots).toHaveLength(2);
      expect(shots.every((shot) => !shot.startsWith(own!))).toBe(true);
    }
  });

  const outcome = async (score: string, output: string, gold = '12', ending: 'eos' | 'length' = 'eos') => {
    write('one.jsonl', `${JSON.stringify({ q: 'x', gold })}\n`);
    const text = SUMS.replace(
      /data:[\s\S]*/,
      `data: { file: one.jsonl }\nprompt: "{{q}}"\nanswer: "{{gold}}"\nscore: ${score}\n`,
    );
    const { benchmark } = await openOwn(write('one.yaml', text), { known: [] });
    const [item] = benchmark.make(1);
    if (item?.kind !== 'generate') throw new Error('kind');
    return (await benchmark.score!(output, item, { ending })).outcome;
  };

  it.each([
    ['exact', ' Paris. ', 'paris', 'correct'],
    ['exact', 'So the answer is "Paris".', 'Paris', 'correct'],
    ['exact', 'Rome', 'Paris', 'wrong'],
    ['exact', ' \n', 'Paris', 'no_answer'],
    ['number', 'That makes 5 + 7 = 12.0 eggs', '12', 'correct'],
    ['number', '13', '12', 'wrong'],
    ['number', 'none', '12', 'no_answer'],
    ['number', '12', 'many', 'error'],
    ['math', '\\boxed{\\frac{1}{2}}', '0.5', 'correct'],
    ['math', '\\boxed{3}', '0.5', 'wrong'],
    ["{ regex: 'answer: (\\w)' }", 'answer: B', 'B', 'correct'],
    ["{ regex: 'answer: (\\w)' }", 'Answer: b', 'B', 'no_answer'],
    ["{ regex: 'answer: (\\w)', ignore_case: true }", 'Answer: b', 'B', 'correct'],
    ["{ regex: '\\d+', take: last }", '1 and 2', '2', 'correct'],
    ["{ regex: '\\d+' }", '1 and 2', '2', 'wrong'],
  ])('%s reads %j against %j as %s', async (score, output, gold, expected) => {
    expect(await outcome(score, output, gold)).toBe(expected);
  });

  it('takes nothing that merely stands last for an answer when the output was cut', async () => {
    expect(await outcome('number', 'We have 12', '12', 'length')).toBe('no_answer');
    expect(await outcome('exact', 'Rom', 'Rome', 'length')).toBe('no_answer');
  });
});

describe('a module', () => {
  const module = (types: boolean) => `export default {
  name: 'doubles',
  domain: 'mathematical',
  abilities: ['arithmetic'],
  data: { file: 'sums.jsonl' },
  prompt: (row${types ? ': { a: number }' : ''}) => \`Twice \${row.a} is\`,
  answer: (row${types ? ': { a: number }' : ''}) => 2 * row.a,
  score: (output${types ? ': string' : ''}, answer${types ? ': string' : ''}) => output.trim() === '' ? null : output.trim() === answer,
};
`;
  it.each([
    ['doubles.mjs', false],
    ['doubles.ts', true],
  ])('%s may compute prompts, answers and scores', async (name, types) => {
    const { benchmark } = await openOwn(write(name, module(types)), { known: [] });
    const [, item] = benchmark.make(9);
    if (item?.kind !== 'generate') throw new Error('kind');
    expect([item.prompt, item.gold]).toEqual(['Twice 2 is', '4']);
    const outcomes = await Promise.all([' 4', '5', ''].map((output) => benchmark.score!(output, item)));
    expect(outcomes.map((one) => one.outcome)).toEqual(['correct', 'wrong', 'no_answer']);
  });

  it('is met with its mistakes', async () => {
    expect(
      await check('wrong.mjs', `export default { name: 'x', domain: 'math', promt: 'a' };`),
    ).toMatchInlineSnapshot(`
      "wrong.mjs: domain: "math" is not one of mathematical, logical, scientific, commonsense, symbolic, code, guards
      wrong.mjs: abilities: missing; it needs a list
      wrong.mjs: data: missing; it needs a map
      wrong.mjs: prompt: missing; it needs a text
      wrong.mjs: answer: missing; it needs a text
      wrong.mjs: promt: unknown key
             did you mean prompt?
        6 problems in wrong.mjs; nothing was started.
      "
    `);
    expect(await check('none.mjs', 'export const x = 1;')).toMatchInlineSnapshot(`
      "none.mjs: default: the module has no default export with name, domain, abilities, data, prompt and answer
        1 problem in none.mjs; nothing was started.
      "
    `);
    expect(
      await check('local.mjs', `import { x } from './other.mjs';\nexport default {};`),
    ).toMatchInlineSnapshot(`
        "local.mjs:1:14: A benchmark module must stand by itself: its results are known by this one file.
          Put what it imports from other files of yours into this file. Packages may be imported.
        "
      `);
    expect(await check('throws.mjs', `throw new Error('not today');`)).toContain(
      'The module cannot be loaded: not today',
    );
  });
});

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
          5 problems in many.yaml; nothing was started.
        "
      `);
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
        5 problems in between.yaml; nothing was started.
      "
    `);
    expect(await check('unscored.yaml', SUMS.replace('score: number\n', ''))).toMatchInlineSnapshot(`
      "unscored.yaml:1:1: score: missing; a written answer needs one of exact, number, math, or a map with a regex
         1 | name: sums
           | ~~~~
        1 problem in unscored.yaml; nothing was started.
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
        1 problem in column.yaml; nothing was started.
      "
    `);
    expect(await check('gold.yaml', CAPITALS.replace('answer_as: letter\n', ''))).toMatchInlineSnapshot(`
      "gold.yaml:8:9: answer: capitals.csv:2: "A" names none of 3 choices
         8 | answer: "{{right}}"
           |         ~~~~~~~~~~~
             is it a letter? write answer_as: letter
        1 problem in gold.yaml; nothing was started.
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
        1 problem in scorer.yaml; nothing was started.
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

describe('in an evaluation and in a study', () => {
  it('stands beside the registry, and results say where it belongs', async () => {
    write('capitals.yaml', CAPITALS);
    write('sums.yaml', SUMS);
    const benchmarks = './capitals.yaml,proc/deduction,sums.yaml';
    const args = [
      'eval',
      '--model',
      'builtin:seedling',
      '--benchmarks',
      benchmarks,
      '--limit',
      '2',
      '--out',
      'out',
    ];
    const { out, code, error } = await carryover(...args);
    expect([code, error]).toEqual([0, '']);
    expect(
      out
        .split('\n')
        .slice(1, 4)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['capitals', 'proc/deduction', 'sums']);
    const results = JSON.parse(readFileSync('out/results.json', 'utf8')) as {
      benchmarks: Record<string, { n: number; own?: object }>;
    };
    expect(results.benchmarks['capitals']).toMatchObject({
      n: 2,
      own: { domain: 'guards', kind: 'choice', metric: 'acc_norm', chance: 1 / 3 },
    });
    expect(results.benchmarks['proc/deduction']).not.toHaveProperty('own');
    write('again.yaml', SUMS);
    const twice = await carryover(
      'eval',
      '--model',
      'builtin:seedling',
      '--benchmarks',
      'sums.yaml,again.yaml',
    );
    expect([twice.code, twice.error.split('\n')[0]]).toEqual([
      2,
      'again.yaml: another of these files describes a benchmark named sums',
    ]);
  });

  it('reaches the report of a study, and a change of the file or its rows makes the evaluation stale', async () => {
    write('capitals.yaml', CAPITALS);
    write(
      'study.yaml',
      'name: own\nmodel: builtin:seedling\narms: [base]\nevaluation: { benchmarks: [./capitals.yaml, proc/deduction], limit: 3 }\n',
    );
    const { code, error } = await carryover('run', 'study.yaml', '--out', 'run');
    expect([code, error]).toEqual([0, '']);
    const facts = JSON.parse(readFileSync('run/run-facts.json', 'utf8')) as RunFacts;
    expect(facts.evaluation.benchmarks).toEqual(['capitals', 'proc/deduction']);
    expect(facts.evaluation.own).toMatchObject({ capitals: { domain: 'guards', title: 'Capitals' } });
    expect(readFileSync('run/report.md', 'utf8')).toContain('capitals (guards, n 3, chance 33.3)');

    const digest = async (): Promise<string> => {
      const { out } = await carryover('run', 'study.yaml', '--dry-run', '--json');
      const { steps } = JSON.parse(out) as { steps: { id: string; digest: string }[] };
      return steps.find(({ id }) => id.startsWith('evaluate'))!.digest;
    };
    const first = await digest();
    write('capitals.yaml', CAPITALS.replace('Question:', 'Q:'));
    const second = await digest();
    write('capitals.csv', ROWS.replace('Osaka', 'Nara'));
    const third = await digest();
    write('capitals.csv', ROWS);
    write('capitals.yaml', CAPITALS);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await digest()).toBe(first);
  });

  it('a mistake in it points into the study as well', async () => {
    write('bad.yaml', CAPITALS.replace('guards', 'guard'));
    write(
      'bad-study.yaml',
      'name: own\nmodel: builtin:seedling\narms: [base]\nevaluation: { benchmarks: [./bad.yaml] }\n',
    );
    const { code, error } = await carryover('run', 'bad-study.yaml', '--dry-run');
    expect(code).toBe(2);
    expect(error).toContain('bad-study.yaml:4:28: evaluation.benchmarks[0]');
    expect(error).toContain('did you mean guards?');
  });
});

it('the examples of docs/own-benchmarks.md are read', async () => {
  const text = readFileSync(new URL('../../../docs/own-benchmarks.md', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/```(yaml|js)\n([\s\S]*?)```/g)];
  expect(blocks).toHaveLength(3);
  for (const [, kind, block] of blocks) {
    // The second one's data lie on the hub; here is a file in their place.
    const local = block!.replace(/\{ dataset[^}]*\}/g, '{ file: sums.jsonl }');
    const { out, error } = await carryover(
      'benchmarks',
      'check',
      write(kind === 'js' ? 'doc.mjs' : 'doc.yaml', local),
    );
    expect([error, out.split('\n')[0]]).toEqual(['', expect.stringMatching(/^\w+: \w+ \(/)]);
  }
  // Every key of the table, and no other.
  const keys = [...text.slice(text.indexOf('## Every key')).matchAll(/^\| (`.*?) \|/gm)].flatMap((row) =>
    [...row[1]!.matchAll(/`(\w+)`/g)].map((key) => key[1]),
  );
  expect(keys.sort()).toEqual([...definitionKeys([])].sort());
});
