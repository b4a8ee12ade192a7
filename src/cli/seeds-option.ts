/** `--seeds N` or `--seeds A,B`: how many seeds, or which. */
import { UserError } from '../errors.ts';
import type { SeedChoice } from '../study/seed-choice.ts';
import { numberOption } from './number-option.ts';

/** More is a slip of the keyboard: each seed trains every arm anew. */
const MOST_SEEDS = 1000;

/** A parser for commander. Throws UserError for what is neither a count nor a list of different whole numbers. */
export function seedsOption(text: string): SeedChoice {
  if (!text.includes(',')) {
    return { count: numberOption('--seeds', { least: 1, most: MOST_SEEDS, integer: true })(text) };
  }
  const words = text.replace(/,$/, '').split(',');
  const list = words.map((word) => {
    const seed = Number(word);
    if (/^\s*\d+\s*$/.test(word) && Number.isSafeInteger(seed)) return seed;
    throw new UserError(`--seeds ${text}: "${word}" is not a whole number of at least 0`, {
      remedy: 'Write a count (3), a list (3,4), or one seed with a comma (7,).',
    });
  });
  if (new Set(list).size === list.length && list.length <= MOST_SEEDS) return { list };
  throw new UserError(
    list.length > MOST_SEEDS
      ? `--seeds: ${list.length} seeds are more than ${MOST_SEEDS}`
      : `--seeds ${text}: a seed is there twice`,
  );
}

/** The option as it was written, for a command line that goes on. */
export function seedsText(choice: SeedChoice): string {
  if ('count' in choice) return String(choice.count);
  if ('list' in choice) return choice.list.length === 1 ? `${choice.list[0]},` : choice.list.join(',');
  throw new Error('a shift of the seeds is no --seeds');
}
