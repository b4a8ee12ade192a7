/**
 * detectable_format:multiple_sections. The original counts the word with a number anywhere, twice the same too; a
 * careful reader counts different numbers at the beginning of lines, in any case of the word.
 */
import { literal, SPACES } from '../../text/python-classes.ts';
import { countOf, textOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';

export const multipleSections: Instruction = withArgs(
  'section_spliter, num_sections',
  (args) => {
    const word = textOf(args, 'section_spliter')?.trim();
    const asked = countOf(args, 'num_sections');
    return word && asked !== null ? { word, asked } : null;
  },
  ({ word, asked }) => {
    const anywhere = new RegExp(`${literal(word)}[${SPACES}]?\\p{Nd}+`, 'gu');
    const atLine = new RegExp(
      `^[^\\S\\n]*[>#*_\\[(<]*[^\\S\\n]*${literal(word)}[^\\S\\n]*(?:no\\.?|#|:)?[^\\S\\n]*(\\p{Nd}+)`,
      'iu',
    );
    return {
      original: (text) => (text.match(anywhere)?.length ?? 0) >= asked,
      corrected: (text) => {
        const numbers = new Set(
          text.split('\n').flatMap((line) => atLine.exec(line.slice(0, 400))?.[1] ?? []),
        );
        return {
          followed: numbers.size >= asked,
          why: `${numbers.size} sections "${word} N", at least ${asked} asked`,
        };
      },
    };
  },
);
