/** Draws a token from logits: temperature, then top-k, then top-p, in the order in which transformers applies them. */
import type { RandomStream } from '../../../stats/random.ts';
import type { Sampling } from '../../engine.ts';

/** `logits`: [vocabulary], finite. Temperature 0 takes the largest. */
export function sample(logits: Float32Array, sampling: Sampling, random: RandomStream): number {
  const { temperature, topK, topP } = sampling;
  let best = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id]! > logits[best]!) best = id;
  if (temperature === 0 || topK === 1) return best;
  const most = logits[best]!;
  const weight = (id: number) => Math.exp((logits[id]! - most) / temperature);
  const all = topK === undefined && (topP === undefined || topP >= 1);
  const ids = all ? undefined : candidates(logits, weight, sampling);
  return ids
    ? draw(
        ids.length,
        (at) => weight(ids[at]!),
        random,
        (at) => ids[at]!,
      )
    : draw(logits.length, weight, random, (id) => id);
}

/** One of `count` places with probability proportional to its weight. */
function draw(
  count: number,
  weight: (at: number) => number,
  random: RandomStream,
  result: (at: number) => number,
): number {
  let total = 0;
  for (let at = 0; at < count; at++) total += weight(at);
  let left = random.uniform() * total;
  let last = 0;
  for (let at = 0; at < count; at++) {
    const share = weight(at);
    if (share === 0) continue;
    last = at;
    left -= share;
    if (left < 0) break;
  }
  return result(last);
}

/**
 * The tokens that top-k and top-p leave, the likeliest first, equal ones by id. Top-p keeps the smallest set whose
 * probability (among those that top-k leaves) reaches `topP`.
 */
function candidates(
  logits: Float32Array,
  weight: (id: number) => number,
  { temperature, topK = logits.length, topP = 1 }: Sampling,
): number[] {
  let most = -Infinity;
  let total = 0;
  for (let id = 0; id < logits.length; id++) most = Math.max(most, logits[id]!);
  for (let id = 0; id < logits.length; id++) total += weight(id);
  // Sorting the whole vocabulary is slow, and nearly always a few tokens at the top are enough: look at those within
  // `reach` of the best, and at more when they do not settle it.
  for (let reach = 8 * temperature; ; reach *= 2) {
    const ids: number[] = [];
    for (let id = 0; id < logits.length; id++) if (logits[id]! >= most - reach) ids.push(id);
    const complete = ids.length === logits.length;
    ids.sort((a, b) => logits[b]! - logits[a]! || a - b);
    const mass = topK < logits.length ? sum(ids.slice(0, topK).map(weight)) : total;
    if (!complete && ids.length < topK && (topK < logits.length || sum(ids.map(weight)) < topP * total))
      continue;
    const kept = ids.slice(0, topK);
    let reached = 0;
    const end = kept.findIndex((id) => {
      reached += weight(id);
      return reached >= topP * mass;
    });
    return end < 0 ? kept : kept.slice(0, end + 1);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
