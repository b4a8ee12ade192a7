/** A straight-line map from data to pixels, with round tick values. */
export interface Scale {
  (value: number): number;
  readonly ticks: readonly number[];
  readonly domain: readonly [number, number];
}

/**
 * A scale that covers `[low, high]`, widened to round ticks. `wanted` is about how many ticks; the step is 1, 2 or 5
 * times a power of ten.
 */
export function linearScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  wanted = 6,
): Scale {
  const span = high > low ? high - low : Math.max(Math.abs(low), 1) * 0.1;
  const step = roundStep(span / Math.max(1, wanted));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil((low + span) / step - 1e-9));
  // Multiples of a whole number, so that 0.1 + 0.2 prints as 0.3.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step));
  const [start, end] = [ticks[0] as number, ticks.at(-1) as number];
  const map = (value: number) => from + ((value - start) / (end - start)) * (to - from);
  return Object.assign(map, { ticks, domain: [start, end] as const });
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * 0.999) ?? 10;
  return factor * power;
}

const tidy = (value: number): number => Number(value.toPrecision(10));
