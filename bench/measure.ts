/** Both sides in turns, because machines are shared and drift: A B A B ..., then medians. */

/** One side of a comparison: does the work of one round and says how long it took. */
export interface Side {
  /** Units of work done, and the seconds they took. */
  run(round: number): Promise<{ readonly units: number; readonly seconds: number }>;
}

export interface Comparison {
  readonly title: string;
  readonly unit: string;
  readonly ours: readonly number[];
  readonly peer: readonly number[];
  /** The least ratio ours / peer that is aimed at. */
  readonly aim?: number;
  /** Whatever else was found, such as whether both sides gave the same answers. */
  readonly note?: string;
}

/** Rates in units per second, one for each round. */
export async function inTurns(
  ours: Side,
  peer: Side,
  rounds: number,
): Promise<{ ours: number[]; peer: number[] }> {
  const rates = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    // Who begins alternates too: the second may find a warmer or a slower machine.
    const order = round % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const);
    for (const name of order) {
      const { units, seconds } = await (name === 'ours' ? ours : peer).run(round);
      rates[name].push(units / seconds);
    }
  }
  return rates;
}

/** What seconds are counted: of the clock on the wall, or of the processor (for a machine that others use too). */
export type Clock = 'wall' | 'processor';
let clock: Clock = 'wall';
export function useClock(chosen: Clock): void {
  clock = chosen;
}

export function countsProcessorTime(): boolean {
  return clock === 'processor';
}

/** The seconds that count, of those measured on both clocks. */
export function seconds(measured: { readonly wall: number; readonly processor: number }): number {
  return measured[clock];
}

export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const wall = (performance.now() - start) / 1000;
  return { seconds: seconds({ wall, processor: (user + system) / 1e6 }), result };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const digits = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

/** `median (min to max)`. */
function spread(values: readonly number[]): string {
  return `${digits(median(values))} (${digits(Math.min(...values))} to ${digits(Math.max(...values))})`;
}

/** The median of the rounds' own ratios: neighbours in time share the machine's mood. */
export function ratio({ ours, peer }: Pick<Comparison, 'ours' | 'peer'>): number {
  return median(ours.map((value, round) => value / peer[round]!));
}

export const HEADER = '| what | unit | Carryover | peer | ratio | aim |\n|---|---|---|---|---|---|';

/** One row of a Markdown table. */
export function row(comparison: Comparison): string {
  const { title, unit, ours, peer, aim, note } = comparison;
  const met = aim === undefined ? '' : `${aim}${ratio(comparison) >= aim ? '' : ' (missed)'}`;
  return `| ${title} | ${unit} | ${spread(ours)} | ${spread(peer)} | ${ratio(comparison).toFixed(2)} | ${met} |${note ? ` ${note}` : ''}`;
}
