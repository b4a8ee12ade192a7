/** Problems for an evaluation: all different, the levels in turn, so that every beginning is as hard as the whole. */
import { UserError } from '../errors.ts';
import type { Generator } from './generator.ts';
import type { Problem } from './problem.ts';
import { drawProblem, harderLevel, type Split } from './split.ts';

/** A level that gives nothing new so many times in a row is taken to be used up. */
const PATIENCE = 400;

/**
 * The first `count` different problems, one of each level in turn; a level that is used up falls out of the turn. A
 * longer list begins with the shorter one. Every problem is one of those that `drawProblem` gives without a level, so
 * the parents of `perturbed` problems are the training problems of the same seed. Throws UserError when the split
 * holds fewer.
 */
export function drawBalanced(
  generator: Generator,
  { split, seed }: { readonly split: Split; readonly seed: number },
  count: number,
): Problem[] {
  const levels = split === 'harder' ? [harderLevel(generator)] : generator.levels;
  // Without a level, index i has the level levels[i % levels.length]: each lane walks the indices of its own level.
  let lanes = levels.map((_, at) => ({ index: at }));
  const seen = new Set<string>();
  const problems: Problem[] = [];
  const nextOf = (lane: { index: number }): Problem | null => {
    for (let tries = 0; tries < PATIENCE; tries++) {
      const problem = drawProblem(generator, { split, seed, index: lane.index });
      lane.index += levels.length;
      if (!seen.has(problem.key)) return problem;
    }
    return null;
  };
  while (problems.length < count && lanes.length > 0) {
    const used: (typeof lanes)[number][] = [];
    for (const lane of lanes) {
      if (problems.length === count) break;
      const problem = nextOf(lane);
      if (problem === null) {
        used.push(lane);
        continue;
      }
      seen.add(problem.key);
      problems.push(problem);
    }
    lanes = lanes.filter((lane) => !used.includes(lane));
  }
  if (problems.length === count) return problems;
  throw new UserError(
    `${generator.name} has only about ${problems.length} different problems in ${split}, not ${count}.`,
    { remedy: `Ask for at most ${problems.length}.` },
  );
}
