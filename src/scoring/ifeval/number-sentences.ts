/**
 * length_constraints:number_sentences. The original counts Punkt's sentences: list items and headings without a full
 * stop run together with what follows, `1.` is a sentence, and so is a lone `!!`; marks of other scripts end none.
 * A careful reader takes line by line, without headings, titles, bullets and numbers; a rest without a mark counts as a
 * sentence from four words on.
 */
import { counted, meets, thresholdOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';
import { punktSentences } from './tools/punkt.ts';
import { withoutLineMarks, writtenWords } from './words-in-text.ts';

/** Ends of sentences in scripts that Punkt's English does not know. */
const OTHER_ENDS = /(?<=[。！？।॥؟۔])/u;
const ENDED = /[.?!…。！？।॥؟۔:]["'”’»)\]*_]*$/u;
const HEADING = /^(?:#{1,6}\s|<<.*>>$|```|~~~|[-*_=\s]+$)/u;
const FRAGMENT = 4;

export const numberSentences: Instruction = withArgs(
  'num_sentences, relation',
  (args) => thresholdOf(args, 'num_sentences', 'relation'),
  (threshold) => ({
    original: (text) => meets(punktSentences(text).length, threshold),
    corrected: (text) => {
      const count = readSentences(text);
      return { followed: meets(count, threshold), why: counted(count, 'sentences', threshold) };
    },
  }),
);

function readSentences(text: string): number {
  const lines = text.split('\n').map((line) => line.trim());
  const sentences = lines
    .filter((line) => line !== '' && !HEADING.test(line))
    .flatMap((line) => punktSentences(withoutLineMarks(line)))
    .flatMap((sentence) => sentence.split(OTHER_ENDS))
    .map((sentence) => sentence.trim());
  return sentences.filter(
    (sentence) =>
      /\p{L}/u.test(sentence) && (ENDED.test(sentence) || writtenWords(sentence).length >= FRAGMENT),
  ).length;
}
