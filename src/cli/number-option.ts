import { UserError } from '../errors.ts';

/**
 * A parser for an option that is a number within bounds (inclusive), for commander's `option(flags, text, parser)`.
 * Throws UserError naming the option, what was given and what is allowed.
 */
export function numberOption(
  flag: string,
  bounds: { readonly least: number; readonly most?: number; readonly integer?: boolean },
): (text: string) => number {
  const { least, most = Number.POSITIVE_INFINITY, integer = false } = bounds;
  return (text) => {
    const value = Number(text);
    const fits = text.trim() !== '' && value >= least && value <= most && Number.isFinite(value);
    if (fits && (!integer || Number.isSafeInteger(value))) return value;
    const kind = integer ? 'a whole number' : 'a number';
    const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UserError(`${flag} ${text}: not ${kind} ${range}`);
  };
}

/** A whole number of at least 1. */
export const wholeNumber = (flag: string): ((text: string) => number) =>
  numberOption(flag, { least: 1, integer: true });
