import { describe, expect, it } from 'vitest';
import { UserError } from '../errors.ts';
import { parseStudyText } from './read-study.ts';

const read = (text: string) => parseStudyText('my.yaml', text).study;

/** The whole printed message, or the word `fine`. */
function printed(text: string): string {
  try {
    read(text);
    return 'fine';
  } catch (error) {
    if (error instanceof UserError) return `\n${error.toString()}\n`;
    throw error;
  }
}

const GOOD = `name: demo
sources:
  math: { dataset: openai/gsm8k, config: main, split: train }
  general: { file: rows.jsonl }
budget: { supervised_tokens: 4000 }
training: { learning_rate: 1e-3, steps: 8 }
arms: [base, general-only, math-only, two-stage, mixed]
evaluation: { benchmarks: [gsm8k, winogrande] }
`;

describe('a study that is right', () => {
  it('gets its defaults', () => {
    expect(read(GOOD)).toMatchObject({
      seeds: [1],
      match: 'supervised_tokens',
      training: { method: 'lora', schedule: 'cosine', max_length: 512 },
      evaluation: { chat_template: false },
    });
  });

  it('may name arms of its own and start from other models', () => {
    const own = GOOD.replace(
      'mixed]',
      'mixed, { name: two-stage-existing, strategy: two-stage, from: org/math-model, matched: false },\n' +
        '  { name: blend, stages: [{ mix: { math: 3, general: 1 }, share: 1 }] }]',
    );
    expect(printed(own)).toBe('fine');
  });
});

it('can be pointed into for what is found wrong later', () => {
  const file = parseStudyText('my.yaml', GOOD);
  expect(
    file.problem(['sources', 'general', 'file'], 'there is no such file', 'check the path').toString(),
  ).toMatchInlineSnapshot(`
    "my.yaml:4:20: sources.general.file: there is no such file
       4 |   general: { file: rows.jsonl }
         |                    ~~~~~~~~~~
           check the path
      1 problem in my.yaml; nothing was started."
  `);
});

describe('a study that is wrong', () => {
  it('lists every problem at once, each under the line it is about', () => {
    const text = `name: my study
seeds: [1, 1]
sources:
  math: { dataset: openai/gsm8k, splitt: train }
  general: { dataset: tatsu-lab/alpaca, file: a.jsonl }
budget: { supervised_tokens: few }
trainig: {}
training:
  method: lora
  targets: [q_proj, v_porj]
  learning_rate: 0
arms: [base, maths-only, mixed, { name: own, stages: [{ mix: { math: 1, generall: 1 }, share: 1.5 }] }]
evaluation:
  benchmarks: [gsm8k, arc_chalenge]
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "
      my.yaml:1:7: name: "my study" may hold letters, digits, ".", "_" and "-" only
         1 | name: my study
           |       ~~~~~~~~
      my.yaml:2:12: seeds[1]: 1 is there twice
         2 | seeds: [1, 1]
           |            ~
      my.yaml:4:34: sources.math.splitt: unknown key
         4 |   math: { dataset: openai/gsm8k, splitt: train }
           |                                  ~~~~~~
             did you mean split?
      my.yaml:5:14: sources.general.dataset: does not go with file
         5 |   general: { dataset: tatsu-lab/alpaca, file: a.jsonl }
           |              ~~~~~~~
      my.yaml:6:30: budget.supervised_tokens: expected a number, got "few"
         6 | budget: { supervised_tokens: few }
           |                              ~~~
      my.yaml:7:1: trainig: unknown key
         7 | trainig: {}
           | ~~~~~~~
             did you mean training?
      my.yaml:8:1: training.steps: missing; it needs a number
         8 | training:
           | ~~~~~~~~
      my.yaml:10:21: training.targets[1]: "v_porj" is not one of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj
        10 |   targets: [q_proj, v_porj]
           |                     ~~~~~~
             did you mean v_proj?
      my.yaml:11:18: training.learning_rate: must be above 0, got 0
        11 |   learning_rate: 0
           |                  ~
      my.yaml:12:14: arms[1]: there is no strategy maths-only
        12 | arms: [base, maths-only, mixed, { name: own, stages: [{ mix: { math: 1, generall: 1 }, share: 1.5 }] }]
           |              ~~~~~~~~~~
             did you mean math-only?
      my.yaml:12:73: arms[3].stages[0].mix.generall: there is no source generall
        12 | arms: [base, maths-only, mixed, { name: own, stages: [{ mix: { math: 1, generall: 1 }, share: 1.5 }] }]
           |                                                                         ~~~~~~~~
             did you mean general?
      my.yaml:12:95: arms[3].stages[0].share: must be at most 1, got 1.5
        12 | arms: [base, maths-only, mixed, { name: own, stages: [{ mix: { math: 1, generall: 1 }, share: 1.5 }] }]
           |                                                                                               ~~~
      my.yaml:14:23: evaluation.benchmarks[1]: there is no benchmark arc_chalenge
        14 |   benchmarks: [gsm8k, arc_chalenge]
           |                       ~~~~~~~~~~~~
             did you mean arc_challenge?
        13 problems in my.yaml; nothing was started.
      "
    `);
  });

  it('says when a key is there twice, and goes on', () => {
    expect(printed(`${GOOD}name: again\nmatch: tokens\n`)).toMatchInlineSnapshot(`
      "
      my.yaml:9:1: this key is there twice
         9 | name: again
           | ~
      my.yaml:10:8: match: "tokens" is not one of supervised_tokens, none
        10 | match: tokens
           |        ~~~~~~
        2 problems in my.yaml; nothing was started.
      "
    `);
  });

  it('points at broken YAML', () => {
    expect(printed('name: demo\narms: [base\nevaluation: {}\n')).toMatchInlineSnapshot(`
      "
      my.yaml:3:1: Flow sequence in block collection must be sufficiently indented and end with a ]
         3 | evaluation: {}
           | ~
        1 problem in my.yaml; nothing was started.
      "
    `);
    expect(printed('')).toMatchInlineSnapshot(`
      "
      my.yaml:1:1: a study is a map with at least name, arms and evaluation
         1 | 
           | ~
        1 problem in my.yaml; nothing was started.
      "
    `);
  });

  it('says which sections are missing', () => {
    expect(printed('name: demo\narms: [mixed]\n')).toMatchInlineSnapshot(`
      "
      my.yaml:1:1: evaluation: missing; it needs a map
         1 | name: demo
           | ~~~~
      my.yaml:1:1: training: missing; the arm mixed is trained and needs it
         1 | name: demo
           | ~~~~
      my.yaml:1:1: budget: missing; the arm mixed is trained and needs it
         1 | name: demo
           | ~~~~
      my.yaml:1:1: sources: missing; the arm mixed is trained and needs it
         1 | name: demo
           | ~~~~
      my.yaml:2:1: arms: no arm is the untouched model
         2 | arms: [mixed]
           | ~~~~
             add base to the list
      my.yaml:2:8: arms[0]: mixed needs a source called math
         2 | arms: [mixed]
           |        ~~~~~
             add math: under sources
      my.yaml:2:8: arms[0]: mixed needs a source called general
         2 | arms: [mixed]
           |        ~~~~~
             add general: under sources
        7 problems in my.yaml; nothing was started.
      "
    `);
  });

  it('refuses arms that cannot be compute-matched', () => {
    const text = `${GOOD.slice(0, GOOD.indexOf('arms:'))}arms:
  - base
  - { name: half, stages: [{ mix: { math: 1 }, share: 0.5 }] }
  - name: existing
    strategy: two-stage
    from: org/math-model
evaluation: { benchmarks: [gsm8k] }
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "
      my.yaml:9:19: arms[1].stages: the shares sum to 0.5, not 1, so this arm could not be compute-matched
         9 |   - { name: half, stages: [{ mix: { math: 1 }, share: 0.5 }] }
           |                   ~~~~~~
      my.yaml:12:11: arms[2].from: cannot be compute-matched: how many tokens that model has already seen is unknown
        12 |     from: org/math-model
           |           ~~~~~~~~~~~~~~
             add matched: false to this arm, or write match: none for the whole study
        2 problems in my.yaml; nothing was started.
      "
    `);
  });

  it('refuses combinations that cannot be', () => {
    const text = `${GOOD.slice(0, GOOD.indexOf('training:'))}training: { method: full, rank: 8, learning_rate: 1e-3, steps: 1 }
arms:
  - math-only
  - { name: base, stages: [{ mix: { math: 1 }, share: 1 }] }
  - { name: both, strategy: mixed, stages: [{ mix: { math: 1 }, share: 1 }] }
  - { name: neither }
  - 3
evaluation: { benchmarks: [gsm8k] }
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "
      my.yaml:6:27: training.rank: only LoRA has it, but method is full
         6 | training: { method: full, rank: 8, learning_rate: 1e-3, steps: 1 }
           |                           ~~~~
             remove it, or write method: lora
      my.yaml:8:5: arms[0]: 1 optimizer steps are too few for 2 stages
         8 |   - math-only
           |     ~~~~~~~~~
             raise training.steps
      my.yaml:9:13: arms[1].name: base is the name of the untouched model; call this arm otherwise
         9 |   - { name: base, stages: [{ mix: { math: 1 }, share: 1 }] }
           |             ~~~~
      my.yaml:10:36: arms[2].stages: an arm has a strategy or stages of its own, not both
        10 |   - { name: both, strategy: mixed, stages: [{ mix: { math: 1 }, share: 1 }] }
           |                                    ~~~~~~
      my.yaml:11:5: arms[3]: needs a strategy or stages
        11 |   - { name: neither }
           |     ~~~~~~~~~~~~~~~~~
             known: base, general-only, math-only, two-stage, mixed
      my.yaml:12:5: arms[4]: expected a name or a map, got 3
        12 |   - 3
           |     ~
        6 problems in my.yaml; nothing was started.
      "
    `);
  });
});

describe('a file that is no study', () => {
  it('shows the first of many syntax errors and says how many there are', () => {
    const rows = Array.from({ length: 40 }, (_, i) => JSON.stringify({ prompt: `${i}`, completion: 'x' }));
    const lines = printed(rows.join('\n')).trim().split('\n');
    expect(lines).toHaveLength(5 * 3 + 1);
    expect(lines.at(-1)).toMatch(
      /^ *351 problems in my\.yaml \(the first 5 are shown\); nothing was started\.$/,
    );
  });

  it('is refused whole when it is no text, or longer than any study', () => {
    for (const text of ['GGUF\0\u0003', `name: ${'x'.repeat(1_000_000)}`])
      expect(printed(text)).toBe(
        '\nmy.yaml: this is no study file: it is too large, or no text\n' +
          '  Give the path of a study, such as studies/smollm2.yaml.\n',
      );
  });

  it('shows the part of an overlong line that is wrong', () => {
    const text = GOOD.replace('name: demo', `name: demo\nquestoin: "${'why '.repeat(200)}"`);
    expect(printed(text).split('\n')[2]).toHaveLength(7 + 160);
    const behind = GOOD.replace('[gsm8k,', `[${'gsm8k, '.repeat(60)}gsm9k,`);
    const [place, source, squiggle] = printed(behind).split('\n').slice(-6);
    expect(place).toContain('gsm9k');
    expect(source?.slice(squiggle?.indexOf('~')).startsWith('gsm9k')).toBe(true);
  });
});

describe('slips whose place tells what was meant', () => {
  it('sources under data, a stage without mix, a number of seeds, and what is missing beside', () => {
    expect(
      printed(`name: demo
seeds: 2
data:
  logic: { file: rows.jsonl }
  dedupp: exact
arms:
  - base
  - name: one
    stages: [{ source: logic, share: 0.5 }, { data: logic, share: 0.5 }]
training: { learning_rate: 1e-3, steps: 8 }
evaluation: { benchmarks: [gsm8k] }
`),
    ).toMatchInlineSnapshot(`
      "
      my.yaml:1:1: budget: missing; the arm one is trained and needs it
         1 | name: demo
           | ~~~~
      my.yaml:1:1: sources: missing; the arm one is trained and needs it
         1 | name: demo
           | ~~~~
      my.yaml:2:8: seeds: expected a list, got 2
         2 | seeds: 2
           |        ~
             write [1, 2], a list of the seeds themselves
      my.yaml:4:3: data.logic: unknown key
         4 |   logic: { file: rows.jsonl }
           |   ~~~~~
             sources stand under sources:, each with a name; data: says how they are cleaned
      my.yaml:5:3: data.dedupp: unknown key
         5 |   dedupp: exact
           |   ~~~~~~
             did you mean dedup?
      my.yaml:9:16: arms[1].stages[0].source: unknown key
         9 |     stages: [{ source: logic, share: 0.5 }, { data: logic, share: 0.5 }]
           |                ~~~~~~
             write mix: { logic: 1 }, with the weights of the sources
      my.yaml:9:47: arms[1].stages[1].data: unknown key
         9 |     stages: [{ source: logic, share: 0.5 }, { data: logic, share: 0.5 }]
           |                                               ~~~~
             write mix: { logic: 1 }, with the weights of the sources
        7 problems in my.yaml; nothing was started.
      "
    `);
  });

  it('a source where a mixture is named', () => {
    const own = GOOD.replace('mixed]', '{ name: one, stages: [{ mix: math, share: 1 }] }]');
    expect(printed(own)).toMatchInlineSnapshot(`
      "
      my.yaml:7:79: arms[4].stages[0].mix: math is a source, not a mixture
         7 | arms: [base, general-only, math-only, two-stage, { name: one, stages: [{ mix: math, share: 1 }] }]
           |                                                                               ~~~~
             write mix: { math: 1 }
        1 problem in my.yaml; nothing was started.
      "
    `);
  });
});
