/**
 * startend:end_checker and startend:quotation. The original does not see through Markdown's emphasis and knows straight
 * quotation marks only.
 */
import { pythonStrip } from '../../text/python-text.ts';
import { textOf } from './arguments.ts';
import { type Instruction, plain, withArgs } from './instruction.ts';
import { plainText } from './words-in-text.ts';

export const endChecker: Instruction = withArgs(
  'end_phrase',
  (args) => textOf(args, 'end_phrase'),
  (phrase) => ({
    original: (text) =>
      trimQuotes(pythonStrip(text)).toLowerCase().endsWith(pythonStrip(phrase).toLowerCase()),
    corrected: (text) => {
      const bare = (part: string): string => trimMarks(plainText(part));
      const followed = bare(text).endsWith(bare(phrase));
      return {
        followed,
        why: followed ? 'ends with the phrase' : `ends with ${JSON.stringify(text.trim().slice(-40))}`,
      };
    },
  }),
);

export const quotation: Instruction = plain({
  original: (text) => {
    const given = pythonStrip(text);
    return given.length > 1 && given.startsWith('"') && given.endsWith('"');
  },
  corrected: (text) => {
    const given = text.trim();
    const wrapped = /^["“„«]/u.test(given) && /["”“»]$/u.test(given) && /[\p{L}\p{N}]/u.test(given);
    return {
      followed: wrapped,
      why: wrapped ? 'wrapped in quotation marks' : 'not wrapped in quotation marks',
    };
  },
});

/** Python's `strip('"')`. */
function trimQuotes(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === '"') start++;
  while (end > start && text[end - 1] === '"') end--;
  return text.slice(start, end);
}

/** Without quotation marks and emphasis behind the last word; its own full stop or question mark stays. */
function trimMarks(text: string): string {
  let end = text.length;
  while (end > 0 && '"\'*_`»)] '.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
