/** length_constraints:number_words. The original counts runs of letters and digits: `don't` and `1,000` are two each. */
import { WORD_CHARS } from '../../text/python-classes.ts';
import { counted, meets, thresholdOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';
import { writtenWords } from './words-in-text.ts';

const RUN = new RegExp(`[${WORD_CHARS}]+`, 'gu');

export const numberWords: Instruction = withArgs(
  'num_words, relation',
  (args) => thresholdOf(args, 'num_words', 'relation'),
  (threshold) => ({
    original: (text) => meets(text.match(RUN)?.length ?? 0, threshold),
    corrected: (text) => {
      const count = writtenWords(text).length;
      return { followed: meets(count, threshold), why: counted(count, 'words', threshold) };
    },
  }),
);
