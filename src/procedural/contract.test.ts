/**
 * What every generator promises. `CARRYOVER_TEST_DRAWS` says how many problems of each level are examined: 10,000 for
 * a thorough check, 300 by default. The splits are drawn from a hundred times as often, all generators together.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { TAXONOMY } from '../domains/taxonomy.ts';
import { randomStream } from '../stats/random.ts';
import { audit } from './audit.ts';
import { sortedJson } from './canonical.ts';
import type { Generator } from './generator.ts';
import { GENERATORS } from './index.ts';
import { completionOf } from './layout.ts';
import { type Problem, pathsOf } from './problem.ts';
import { type DrawRequest, drawDistinct, drawProblem, harderLevel, SPLITS, splitOf } from './split.ts';
import { acceptsAnswer, sameAnswer, verify } from './verify.ts';

const DRAWS = Number(process.env['CARRYOVER_TEST_DRAWS'] ?? 300);
const ALL = Object.entries(GENERATORS);

/** Checks by the hundred thousand: `expect` is for the few. */
function hold(condition: boolean, problem: Problem, what: string): void {
  if (!condition) throw new Error(`${what}\n${JSON.stringify(problem, null, 2)}`);
}

const drawn = (generator: Generator, count: number, request: Partial<DrawRequest>): Problem[] =>
  Array.from({ length: count }, (_, index) =>
    drawProblem(generator, { split: 'train', seed: 0, ...request, index }),
  );

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

describe.each(ALL)('%s', (key, generator) => {
  const levels = [...generator.levels, harderLevel(generator)];
  const byLevel = new Map<number, Problem[]>();
  const ofLevel = (level: number, count = DRAWS): Problem[] => {
    const isHarder = level === harderLevel(generator);
    const problems =
      byLevel.get(level) ?? drawn(generator, DRAWS, isHarder ? { split: 'harder' } : { level });
    byLevel.set(level, problems);
    return problems.slice(0, count);
  };
  // With 10,000 draws the problems of all generators together do not fit in memory.
  afterAll(() => byLevel.clear());

  it('is described', () => {
    expect(generator.name).toBe(key);
    expect(key).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(generator.abilities.length).toBeGreaterThan(0);
    expect(Object.keys(TAXONOMY[generator.domain].abilities)).toEqual(
      expect.arrayContaining([...generator.abilities]),
    );
    expect(generator.why.length).toBeGreaterThan(20);
    expect(generator.templates).toBeGreaterThanOrEqual(3);
    expect(generator.levels.length).toBeGreaterThanOrEqual(3);
    expect(generator.levels).toEqual(generator.levels.map((_, i) => generator.levels[0]! + i));
  });

  it('is solved rightly: by its worked solution, by another route, and by no wrong turn', () => {
    for (const level of levels) {
      let turns = 0;
      for (const problem of ofLevel(level)) {
        const other = generator.resolve(problem.core);
        const judge = (text: string): boolean => verify(generator, problem, text, 'worked');
        hold(judge(completionOf(problem, 'worked')), problem, 'the worked solution is rejected');
        hold(
          verify(generator, problem, completionOf(problem, 'direct'), 'direct'),
          problem,
          'the answer is rejected',
        );
        hold(judge(`\nAnswer: ${other}`), problem, `the answer ${other} of resolve is rejected`);
        if (!generator.accepts) hold(sameAnswer(other, problem.answer), problem, `resolve answers ${other}`);
        for (const path of pathsOf(problem.tree)) {
          const text = ` ${path.texts.join(' ')}\nAnswer: ${path.answer}`;
          hold(judge(text) === path.right, problem, `judged wrongly: ${text}`);
          hold(path.right === (path.why === null), problem, `why is this wrong: ${text}`);
          hold(path.why !== '', problem, 'an empty reason');
          if (path.right)
            hold(text === completionOf(problem, 'worked'), problem, 'the tree is not the solution');
          else turns++;
        }
      }
      // Coincidences aside, every problem has a wrong turn to learn from.
      expect(turns / DRAWS, `wrong turns a problem at level ${level}`).toBeGreaterThan(0.9);
    }
  });

  it('rejects what is no answer, and never throws', () => {
    const odd = [
      '',
      ' ',
      '\n',
      'Answer:',
      'Answer: \n',
      '.',
      '-',
      '0x',
      '%',
      '\\',
      '(',
      'null',
      'Answer: ?',
      '9'.repeat(400),
      '\u00e9',
      '\0',
    ];
    for (const problem of ofLevel(levels[0]!, 20)) {
      for (const text of odd) {
        const judged = [
          verify(generator, problem, text, 'worked'),
          verify(generator, problem, text, 'direct'),
        ];
        hold(!judged.includes(true), problem, `accepted: ${JSON.stringify(text)}`);
      }
      hold(
        !verify(generator, problem, `${problem.answer} is not what I say`, 'worked'),
        problem,
        'no marker',
      );
    }
  });

  it('gets deeper with every level', () => {
    const depths = levels.map((level) => mean(ofLevel(level).map((problem) => problem.depth)));
    for (let i = 1; i < depths.length; i++) expect(depths[i], String(depths)).toBeGreaterThan(depths[i - 1]!);
  });

  it('is told in plain text of bounded length, by every template', () => {
    const words: number[] = [];
    const templates = new Set<string>();
    for (const split of SPLITS) {
      for (const problem of drawn(generator, DRAWS, { split })) {
        const limit = split === 'harder' ? 1200 : 800;
        const lines = [problem.answer, problem.solution, ...problem.choices];
        hold(problem.question.length <= limit, problem, `a question above ${limit} characters`);
        hold(problem.solution.length <= limit, problem, `a solution above ${limit} characters`);
        hold(/^[\n -~]+$/.test(problem.question), problem, 'a question that is not ASCII');
        hold(!/Question:|Solution:|Answer:|\n\n/.test(problem.question), problem, 'a marker in the question');
        hold(
          lines.every((line) => /^[!-~]([ -~]*[!-~])?$/.test(line) && !/Question:|Answer:/.test(line)),
          problem,
          'an answer, solution or choice that is not one line of ASCII without spaces around it',
        );
        hold(problem.question === problem.question.trim(), problem, 'spaces around the question');
        hold(
          sortedJson(problem.core) === problem.key,
          problem,
          'the fields of the core are not in alphabetical order',
        );
        templates.add(problem.surface);
        if (split === 'train') words.push(problem.question.split(/\s+/).length);
      }
    }
    expect(templates.size).toBe(generator.templates);
    expect(mean(words)).toBeLessThan(70);
  });

  it('means the same however it is told, and says it differently', () => {
    for (const { core, answer } of ofLevel(levels[1]!, 30)) {
      const told = Array.from({ length: 2 * generator.templates }, (_, i) =>
        generator.pose(core, { template: i % generator.templates, random: randomStream(i), aside: null }),
      );
      for (const one of told) {
        expect(acceptsAnswer(generator, core, answer, one.answer), one.question).toBe(true);
      }
      expect(new Set(told.map((one) => one.question)).size).toBeGreaterThanOrEqual(generator.templates);
    }
  });

  if (generator.kind === 'choice')
    it('offers different choices, one of them right, in any place', () => {
      const problems = levels.flatMap((level) => ofLevel(level));
      const places = new Map<number, number>();
      const expected = mean(problems.map((problem) => 1 / problem.choices.length));
      for (const problem of problems) {
        const { choices, answer, core } = problem;
        hold(choices.length >= 2 && new Set(choices).size === choices.length, problem, 'choices');
        const right = choices.filter((choice) => acceptsAnswer(generator, core, answer, choice));
        hold(right.length === 1 && right[0] === answer, problem, 'not one right choice');
        const place = choices.indexOf(answer);
        places.set(place, (places.get(place) ?? 0) + 1);
      }
      expect(Math.abs(places.get(0)! / problems.length - expected)).toBeLessThan(0.05);
    });

  if (generator.kind === 'generate')
    it('offers no choices', () => {
      expect(drawn(generator, 20, {}).every((problem) => problem.choices.length === 0)).toBe(true);
    });

  it('is a pure function of split, seed and index', () => {
    for (const split of SPLITS) {
      const later = drawProblem(generator, { split, seed: 3, index: 7 });
      expect(drawn(generator, 8, { split, seed: 3 })[7]).toEqual(later);
      expect(drawn(generator, 8, { split, seed: 4 }).map((one) => one.question)).not.toEqual(
        drawn(generator, 8, { split, seed: 3 }).map((one) => one.question),
      );
    }
  });

  it('perturbs training problems: other content, as many steps, an idle clause', () => {
    const parents = drawn(generator, DRAWS, {});
    const children = drawn(generator, DRAWS, { split: 'perturbed' });
    children.forEach((child, i) => {
      const parent = parents[i]!;
      hold(child.parent === parent.key && child.key !== parent.key, child, 'the parent is another problem');
      hold(
        child.level === parent.level && child.surface === parent.surface,
        child,
        'level or template changed',
      );
      const random = randomStream(i);
      const aside = generator.aside(child.core, random);
      const told = generator.pose(child.core, { template: i % generator.templates, random, aside });
      hold(told.question.includes(aside), child, `not in the question: ${aside}`);
      hold(
        acceptsAnswer(generator, child.core, child.answer, told.answer),
        child,
        'the clause changed the answer',
      );
    });
    const [was, is] = [parents, children].map((problems) => mean(problems.map((problem) => problem.depth)));
    expect(Math.abs(is! - was!) / was!, `depth ${was} and perturbed ${is}`).toBeLessThan(0.1);
  });

  it('holds enough different problems in every split', () => {
    for (const split of SPLITS) expect(drawDistinct(generator, { split, seed: 0 }, 500)).toHaveLength(500);
    for (const level of generator.levels)
      expect(drawDistinct(generator, { split: 'test', seed: 0, level }, 100)).toHaveLength(100);
  });

  it('is no better answered by a shortcut than its chance level says', () => {
    const rows = audit(generator, Math.max(3000, DRAWS));
    const shown = rows.map(
      (row) => `${row.guesser}: ${row.score.toFixed(3)} (chance ${row.chance.toFixed(3)})`,
    );
    for (const row of rows) if (row.binding) expect(row.within, shown.join('\n')).toBe(true);
    const best = Math.max(...rows.filter((row) => row.binding).map((row) => row.score));
    expect(best, `chance is overstated\n${shown.join('\n')}`).toBeGreaterThan(generator.chance - 0.03);
  });
});

describe('the splits', () => {
  it(`share no problem, in ${DRAWS * 100} draws`, () => {
    const each = Math.ceil((DRAWS * 100) / ALL.length / SPLITS.length);
    for (const [, generator] of ALL) {
      const owner = new Map<string, string>();
      for (const split of SPLITS) {
        for (let index = 0; index < each; index++) {
          const problem = drawProblem(generator, { split, seed: 1, index });
          const first = owner.get(problem.key);
          hold(first === undefined || first === split, problem, `${split} and ${first} share it`);
          hold(splitOf(generator, problem.key) === split, problem, 'in the bucket of another split');
          owner.set(problem.key, split);
        }
      }
    }
  });
});
