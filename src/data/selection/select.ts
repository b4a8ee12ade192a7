/**
 * Which examples of a source a stage takes. The seed gives each epoch an order of all rows; the supervised tokens of
 * the rows in that order form one long line, and a part is an interval of it. So parts with equal ends hold equal
 * examples, a longer part begins with the shorter one, and the number of supervised tokens is met exactly.
 */
import { UserError } from '../../errors.ts';
import { sleep } from '../../platform/clock.ts';
import { count, counted } from '../../text/counts.ts';
import type { LoadedSource } from '../load-source.ts';
import { DROP_WORDS } from '../receipt/row-account.ts';
import { FAULT_REASONS } from '../render/row-fault.ts';
import { permutation } from './random.ts';
import { type Selection, SelectionBuilder } from './selection.ts';

export interface SelectOptions {
  readonly seed: number;
  readonly maxEpochs: number;
  readonly signal?: AbortSignal | undefined;
  /** Supervised tokens that are taken, and rows of this epoch that were looked at. */
  readonly onProgress?: ((done: number, rows: number) => void) | undefined;
}

/** Rows between two looks at the signal. */
const PAUSE_EVERY = 64;

/**
 * The supervised tokens `from` to `from + tokens` of a source's line; `tokens: Infinity` takes all of one epoch.
 * Throws UserError when the source has fewer, with both numbers, and when a row has no supervised token.
 */
export async function selectPart(
  source: LoadedSource,
  part: { readonly from: number; readonly tokens: number },
  options: SelectOptions,
): Promise<Selection> {
  const end = part.from + part.tokens;
  const epochs = part.tokens === Number.POSITIVE_INFINITY ? 1 : options.maxEpochs;
  const taken = new SelectionBuilder(source);
  let place = 0;
  let oneEpoch = 0;
  for (let epoch = 0; epoch < epochs && place < end; epoch++) {
    taken.beginEpoch();
    const order = permutation(source.size, options.seed, `epoch ${epoch}`);
    for (const [count, index] of order.entries()) {
      if (place >= end) break;
      if (count % PAUSE_EVERY === 0) {
        options.onProgress?.(Math.max(0, place - part.from), count);
        await sleep(0, options.signal);
      }
      const examples = source.examples(index);
      taken.look(index, examples.length);
      for (const [which, example] of examples.entries()) {
        const first = Math.max(part.from - place, 0);
        const last = Math.min(end - place, example.learns);
        if (last > first) taken.add(index, which, example, [first, last]);
        place += example.learns;
      }
    }
    if (epoch === 0) oneEpoch = place;
    // Nothing can be drawn from rows that are all too long: further epochs would not end.
    if (oneEpoch === 0) break;
  }
  checkSupervision(source);
  if (place < end && part.tokens !== Number.POSITIVE_INFINITY) throw tooSmall(source, end, oneEpoch, options);
  if (taken.size === 0) throw tooSmall(source, 1, 0, options);
  return taken.build();
}

function checkSupervision({ name, counts, opened }: LoadedSource): void {
  if (counts.unsupervised === 0) return;
  throw new UserError(`${counts.unsupervised} rows of ${name} have no supervised token.`, {
    place: { file: opened.files[0]?.shown ?? opened.title },
    remedy:
      'Their answers begin behind the length limit: allow longer rows (max_length in a study, --length on the command line), or let them be dropped (overlong: drop, --overlong drop).',
  });
}

function tooSmall(
  source: LoadedSource,
  asked: number,
  oneEpoch: number,
  { maxEpochs }: SelectOptions,
): UserError {
  const { name, size, counts, opened } = source;
  const without = [
    { rows: counts.overlong, why: DROP_WORDS.overlong },
    ...FAULT_REASONS.map((reason) => ({ rows: counts.faults[reason], why: DROP_WORDS[reason] })),
  ].filter(({ rows }) => rows > 0);
  const left = size - without.reduce((sum, { rows }) => sum + rows, 0);
  const epochs = maxEpochs === 1 ? 'one epoch' : `${maxEpochs} epochs`;
  if (size > 0 && counts.overlong === size) {
    throw new UserError(`Every one of the ${size} rows of ${name} is longer than a packed row may be.`, {
      place: { file: opened.files[0]?.shown ?? opened.title },
      remedy: 'Allow longer rows: max_length in a study, --length on the command line.',
    });
  }
  const told = without.map(({ rows, why }) => `${counted(rows, 'row')} left out: ${why}`);
  const kept = told.length > 0 ? ` (${told.join('; ')})` : '';
  return new UserError(
    `The source ${name} cannot give ${count(asked)} supervised tokens: it has ${count(oneEpoch)} in ${counted(left, 'row')}${kept}, and ${epochs} may be used.`,
    {
      place: { file: opened.files[0]?.shown ?? opened.title },
      remedy: `Ask for at most ${count(oneEpoch * maxEpochs)} of this source (budget.supervised_tokens in a study, --tokens on the command line), allow ${count(Math.max(2, Math.ceil(asked / Math.max(1, oneEpoch))))} epochs (budget.max_epochs in a study, epochs in a mixture file), or add data.`,
    },
  );
}
