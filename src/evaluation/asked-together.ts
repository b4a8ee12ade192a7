/**
 * Which benchmarks were asked in one evaluation, for `results.json`. Chunks of a small model go on over the benchmarks,
 * and the last bits of a log-probability depend on what is computed together: two results that differ there alone had
 * another list here.
 */
import { type ChunkLimits, chunkLimits } from './chunks.ts';

export interface AskedTogether {
  /** In the order in which they were asked. */
  readonly benchmarks: readonly string[];
  /** How their items were cut into calls, by kind of answer (`src/evaluation/chunks.ts`). */
  readonly chunks: { readonly choice: ChunkLimits; readonly generate: ChunkLimits };
}

/** `parameters`: of the model. */
export function askedTogether(benchmarks: readonly string[], parameters: number): AskedTogether {
  const [choice, generate] = [chunkLimits(parameters, 'choice'), chunkLimits(parameters, 'generate')];
  return { benchmarks, chunks: { choice, generate } };
}

/**
 * The evaluations that the results of a folder come from, the newest first: a benchmark belongs to the first that names
 * it. `kept`: benchmarks whose earlier results stay. Earlier evaluations to which none of these belongs are left out.
 */
export function withEarlier(
  now: AskedTogether,
  earlier: readonly AskedTogether[],
  kept: readonly string[],
): readonly AskedTogether[] {
  const owners = new Set(kept.map((name) => earlier.find(({ benchmarks }) => benchmarks.includes(name))));
  return [now, ...earlier.filter((one) => owners.has(one))];
}
