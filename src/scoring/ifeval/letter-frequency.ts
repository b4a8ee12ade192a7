/**
 * keywords:letter_frequency. For what is no letter (two prompts ask for `#` and `!`) the original draws a random letter
 * instead: a verdict about nothing. Here the character that was asked for is counted in both readings.
 */
import { counted, meets, textOf, thresholdOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';

export const letterFrequency: Instruction = withArgs(
  'letter, let_frequency, let_relation',
  (args) => {
    const letter = textOf(args, 'letter')?.trim().toLowerCase();
    const threshold = thresholdOf(args, 'let_frequency', 'let_relation');
    return letter && [...letter].length === 1 && threshold ? { letter, threshold } : null;
  },
  ({ letter, threshold }) => {
    const count = (text: string): number => text.toLowerCase().split(letter).length - 1;
    return {
      original: (text) => meets(count(text), threshold),
      corrected: (text) => {
        const found = count(text);
        return {
          followed: meets(found, threshold),
          why: counted(found, `of the letter ${JSON.stringify(letter)}`, threshold),
        };
      },
    };
  },
);
