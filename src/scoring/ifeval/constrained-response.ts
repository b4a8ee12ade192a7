/** detectable_format:constrained_response. The original is content with any of the options; a reader with just one. */
import { type Instruction, plain } from './instruction.ts';

const OPTIONS = ['My answer is yes.', 'My answer is no.', 'My answer is maybe.'];

export const constrainedResponse: Instruction = plain({
  original: (text) => OPTIONS.some((option) => text.includes(option)),
  corrected: (text) => {
    const given = OPTIONS.filter((option) => text.includes(option));
    const why =
      given.length === 0 ? 'none of the options' : `answers ${given.map((one) => `"${one}"`).join(' and ')}`;
    return { followed: given.length === 1, why };
  },
});
