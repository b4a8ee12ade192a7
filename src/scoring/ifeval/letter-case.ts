/**
 * change_case:english_capital and change_case:english_lowercase. The original asks langdetect about the text as it is:
 * words all in capitals say next to nothing to it, so English in capitals is often taken for another language, and a
 * text it cannot judge passes. A careful reader looks at the letters first and then at the language of the lower-cased
 * text.
 */
import { isLower, isUpper } from '../../text/python-classes.ts';
import { type BoundInstruction, type Instruction, plain } from './instruction.ts';
import { detectLanguage } from './tools/langdetect.ts';
import { readsAs } from './tools/language.ts';

export const englishCapital: Instruction = plain(inCase(isUpper, /\p{Ll}/u, 'capital'));
export const englishLowercase: Instruction = plain(inCase(isLower, /[\p{Lu}\p{Lt}]/u, 'small'));

function inCase(holds: (text: string) => boolean, other: RegExp, name: string): BoundInstruction {
  return {
    original: (text) => holds(text) && ['en', null].includes(detectLanguage(text)),
    corrected: (text) => {
      const wrong = other.exec(text);
      if (wrong) return { followed: false, why: `not all letters are ${name}: ${around(text, wrong.index)}` };
      const english = readsAs(text, 'en');
      return { followed: english.followed, why: `all letters are ${name}; ${english.why}` };
    },
  };
}

function around(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 10), at + 20));
}
