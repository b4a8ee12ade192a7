/** punctuation:no_comma. A careful reader knows the commas of other scripts, too. */
import { type Instruction, plain } from './instruction.ts';

export const noComma: Instruction = plain({
  original: (text) => !text.includes(','),
  corrected: (text) => {
    const count = text.match(/[,，、،﹐﹑､]/gu)?.length ?? 0;
    return { followed: count === 0, why: count === 0 ? 'no comma' : `${count} commas` };
  },
});
