/**
 * Splits by construction. A hash of the core puts every problem that can exist into one of 16 buckets, and every split
 * owns buckets of its own: cores are drawn until one falls into a bucket of the split. So no problem of one split can
 * appear in another, however small the space of problems is and whatever was drawn before.
 *
 * - `train`: what models are trained on. The same problem may be drawn twice.
 * - `test`: the same distribution.
 * - `fresh`: the same distribution again, held back: for a second look after choices were made on `test`.
 * - `perturbed`: a problem of `train` with other names and numbers and a clause that changes nothing, told by the
 *   same template.
 * - `harder`: one level beyond the trained ones.
 */
import { UserError } from '../errors.ts';
import { randomStream } from '../stats/random.ts';
import { hashBits, keyOf } from './canonical.ts';
import type { Generator } from './generator.ts';
import { makeProblem, type Problem } from './problem.ts';

export const SPLITS = ['train', 'test', 'fresh', 'perturbed', 'harder'] as const;
export type Split = (typeof SPLITS)[number];

const BUCKETS = 16;
/** Half of all problems are for training. */
const BUCKET_OF: readonly Split[] = Array.from({ length: BUCKETS }, (_, bucket) =>
  bucket < 8 ? 'train' : SPLITS[1 + ((bucket - 8) >> 1)]!,
);
/** Two buckets in 16 are missed 2,000 times in a row with a probability of 10^-116: then they hold nothing. */
const TRIES = 2000;

export interface DrawRequest {
  readonly split: Split;
  readonly seed: number;
  readonly index: number;
  /** One level for all; without it the levels take turns by index. Not for `harder`. */
  readonly level?: number;
  /** Templates to tell it by; all of them when left out. */
  readonly templates?: readonly number[];
}

/** The split that owns a core. */
export function splitOf(generator: Generator, key: string): Split {
  return BUCKET_OF[hashBits(`${generator.name} ${key}`) % BUCKETS]!;
}

/**
 * The problem of an index: a pure function of generator and request, whatever was drawn before. Throws RangeError when
 * the level holds no problem of the split: a fault of the generator.
 */
export function drawProblem(generator: Generator, request: DrawRequest): Problem {
  const { split, seed, index } = request;
  const level = levelOf(generator, request);
  // A perturbed problem begins as the training problem of the same seed and index.
  const source = split === 'perturbed' ? 'train' : split;
  const name = `${generator.name}/${source}/${seed}/${level}/${index}`;
  const random = randomStream(name);
  const first = drawCore(generator, source, level, () => generator.sample(random, level));
  const template = templateOf(generator, request, random.below(2 ** 32));
  if (split !== 'perturbed') {
    const identity = { split, seed, index, level, ...first, parent: null };
    return makeProblem(generator, identity, { template, random, aside: null });
  }
  const changes = randomStream(`${name}/perturbed`);
  const changed = drawCore(generator, split, level, () => generator.perturb(first.core, changes));
  const identity = { split, seed, index, level, ...changed, parent: first.key };
  const aside = generator.aside(changed.core, changes);
  return makeProblem(generator, identity, { template, random: changes, aside });
}

/**
 * The first `count` different problems in order of index: a longer list begins with the shorter one. Throws UserError
 * when the split holds fewer.
 */
export function drawDistinct(
  generator: Generator,
  request: Omit<DrawRequest, 'index'>,
  count: number,
): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  let repeats = 0;
  for (let index = 0; problems.length < count; index++) {
    const problem = drawProblem(generator, { ...request, index });
    if (!seen.has(problem.key)) {
      seen.add(problem.key);
      problems.push(problem);
      repeats = 0;
    } else if (++repeats > TRIES) {
      throw new UserError(
        `${generator.name} has only about ${problems.length} different problems in ${request.split}, not ${count}.`,
        { remedy: `Ask for at most ${problems.length}.` },
      );
    }
  }
  return problems;
}

/** The level that `harder` asks for. */
export function harderLevel(generator: Generator): number {
  return generator.levels.at(-1)! + 1;
}

function levelOf(generator: Generator, { split, index, level }: DrawRequest): number {
  if (split === 'harder') return harderLevel(generator);
  if (level === undefined) return generator.levels[index % generator.levels.length]!;
  if (generator.levels.includes(level)) return level;
  throw new RangeError(`${generator.name} has the levels ${generator.levels.join(', ')}, not ${level}`);
}

function templateOf(generator: Generator, { templates }: DrawRequest, bits: number): number {
  return templates ? templates[bits % templates.length]! : bits % generator.templates;
}

function drawCore(
  generator: Generator,
  split: Split,
  level: number,
  draw: () => unknown,
): { core: unknown; key: string } {
  for (let tries = 0; tries < TRIES; tries++) {
    const core = draw();
    const key = keyOf(core);
    if (splitOf(generator, key) === split) return { core, key };
  }
  throw new RangeError(
    `${generator.name}, level ${level}: ${TRIES} draws and none belongs to ${split}. ` +
      'The level has too few different cores: let names or more numbers be part of the core.',
  );
}
