/**
 * length_constraints:number_paragraphs (divided by `***`) and length_constraints:nth_paragraph_first_word (by blank
 * lines). The original takes `***` inside a line or a longer run of asterisks for a divider and fails a double one; for
 * the first word it counts paragraphs without the empty ones but looks in the list with them, and does not see past
 * Markdown marks and colons.
 */
import { SPACES } from '../../text/python-classes.ts';
import { pythonStrip } from '../../text/python-text.ts';
import { countOf, textOf } from './arguments.ts';
import { type Finding, type Instruction, withArgs } from './instruction.ts';

const SPACE = new RegExp(`[${SPACES}]`, 'u');
const DIVIDER = new RegExp(`[${SPACES}]?\\*\\*\\*[${SPACES}]?`, 'u');

export const numberParagraphs: Instruction = withArgs(
  'num_paragraphs',
  (args) => countOf(args, 'num_paragraphs'),
  (asked) => ({
    original: (text) => {
      const parts = text.split(DIVIDER).map((part) => pythonStrip(part) === '');
      if (parts.slice(1, -1).includes(true)) return false;
      const ends = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
      return parts.length - ends.filter(Boolean).length === asked;
    },
    corrected: (text) => {
      const parts = text.split(/(?<=^|\s)\*\*\*(?=\s|$)/u).filter((part) => part.trim() !== '');
      return { followed: parts.length === asked, why: paragraphs(parts.length, asked) };
    },
  }),
);

export const nthParagraphFirstWord: Instruction = withArgs(
  'num_paragraphs, nth_paragraph, first_word',
  (args) => {
    const count = countOf(args, 'num_paragraphs');
    const nth = countOf(args, 'nth_paragraph');
    const word = textOf(args, 'first_word')?.toLowerCase();
    // For a place beyond the last paragraph the original draws another at random.
    return count !== null && nth !== null && nth <= count && word ? { count, nth, word } : null;
  },
  (asked) => ({
    original: (text) => {
      const parts = text.split('\n\n');
      const filled = parts.filter((part) => pythonStrip(part) !== '').length;
      if (asked.nth > filled) return false;
      const part = pythonStrip(parts[asked.nth - 1]!);
      if (part === '') return false;
      const word = part.split(SPACE, 1)[0]!.replace(/^'+/, '').replace(/^"+/, '');
      return filled === asked.count && word.split(/[.,?!'"]/, 1)[0]!.toLowerCase() === asked.word;
    },
    corrected: (text) => nthFirstWord(text, asked),
  }),
);

function nthFirstWord(text: string, asked: { count: number; nth: number; word: string }): Finding {
  const parts = text.split(/\n[^\S\n]*\n/u).filter((part) => part.trim() !== '');
  const first = (parts[asked.nth - 1] ?? '').replace(/^[^\p{L}\p{N}]+/u, '').toLowerCase();
  const word = asked.word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  const begins = first.startsWith(word) && !/^[\p{L}\p{N}\p{M}]/u.test(first.slice(word.length));
  const found = JSON.stringify(first.split(/\s/u, 1)[0]!.slice(0, 40));
  const why = `${paragraphs(parts.length, asked.count)}; paragraph ${asked.nth} begins with ${found}`;
  return { followed: parts.length === asked.count && begins, why };
}

const paragraphs = (count: number, asked: number): string => `${count} paragraphs, ${asked} asked`;
