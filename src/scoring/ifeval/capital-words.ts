/**
 * change_case:capital_word_frequency. The original counts NLTK's tokens in capitals, `I` and `A` among them; a careful
 * reader counts words of two or more letters.
 */
import { isUpper } from '../../text/python-classes.ts';
import { counted, meets, thresholdOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';
import { punktSentences } from './tools/punkt.ts';
import { sentenceTokens } from './tools/word-tokenize.ts';
import { writtenWords } from './words-in-text.ts';

export const capitalWordFrequency: Instruction = withArgs(
  'capital_frequency, capital_relation',
  (args) => thresholdOf(args, 'capital_frequency', 'capital_relation'),
  (threshold) => ({
    original: (text) => meets(capitalTokens(text), threshold),
    corrected: (text) => {
      const words = writtenWords(text).filter((word) => isUpper(word) && /\p{L}[^\p{L}]*\p{L}/u.test(word));
      return {
        followed: meets(words.length, threshold),
        why: counted(words.length, 'words in capitals', threshold),
      };
    },
  }),
);

/** Sentences without a capital letter have none: they need not be taken apart. */
function capitalTokens(text: string): number {
  const sentences = punktSentences(text).filter((sentence) => /\p{Uppercase}/u.test(sentence));
  return sentences.flatMap(sentenceTokens).filter(isUpper).length;
}
