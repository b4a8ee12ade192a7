import { describe, expect, it } from 'vitest';
import { CAPITALS, check, SUMS, write } from '../../../test/support/own-folder.ts';
import { carryover } from '../../../test/support/run-cli.ts';
import type { Item } from '../benchmark.ts';
import { openOwn } from './open-own.ts';

const items = async (name: string): Promise<readonly Item[]> =>
  (await openOwn(name, { known: [] })).benchmark.make(99);

describe('a benchmark of choices from a CSV file', () => {
  it('is warned of when one cluster holds all of its items, and not when each stands for itself', async () => {
    write('one.yaml', CAPITALS.replace('{{continent}}', 'all'));
    const one = (await carryover('benchmarks', 'check', 'one.yaml')).out;
    expect(one).toContain('Warning: All items are in one cluster, so no interval can speak for other items');
    write('each.yaml', CAPITALS.replace(/cluster:.*\n/, ''));
    expect((await carryover('benchmarks', 'check', 'each.yaml')).out).not.toContain('Warning');
    const { warnings } = JSON.parse((await carryover('benchmarks', 'check', 'one.yaml', '--json')).out) as {
      warnings: string[];
    };
    expect(warnings).toHaveLength(1);
  });

  it('is shown by check', async () => {
    write('capitals.yaml', CAPITALS);
    expect((await carryover('benchmarks', 'check', 'capitals.yaml')).out).toMatchInlineSnapshot(`
      "capitals: Capitals (guards: general-knowledge)
      3 items in 2 clusters, acc_norm, a guesser scores 0.33; fingerprint 3723d51a15e8
      Warning: Only 2 clusters: intervals are made of clusters, not items, and will be wide. Let "cluster" name what related items share (a passage, a template), or leave it out when there is nothing.

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
      wrong.mjs: score: missing; a written answer needs one of exact, number, math, or a map with a regex
        7 problems in wrong.mjs.
      "
    `);
    expect(await check('none.mjs', 'export const x = 1;')).toMatchInlineSnapshot(`
      "none.mjs: default: the module has no default export with name, domain, abilities, data, prompt and answer
        1 problem in none.mjs.
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
