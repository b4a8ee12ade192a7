/**
 * combination:repeat_prompt. The original wants the very characters (in any case) at the beginning and nothing after
 * them; a careful reader forgives other spaces and curly quotation marks, and wants an answer behind the request.
 */
import { pythonStrip } from '../../text/python-text.ts';
import { textOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';
import { plainText } from './words-in-text.ts';

export const repeatPrompt: Instruction = withArgs(
  'prompt_to_repeat',
  (args) => textOf(args, 'prompt_to_repeat'),
  (prompt) => ({
    original: (text) => pythonStrip(text).toLowerCase().startsWith(pythonStrip(prompt).toLowerCase()),
    corrected: (text) => {
      const given = plainText(text);
      const request = plainText(prompt);
      const repeated = given.startsWith(request);
      const answered = /[\p{L}\p{N}]/u.test(given.slice(request.length));
      const why = !repeated
        ? 'does not begin with the request'
        : answered
          ? 'repeats the request'
          : 'no answer behind the request';
      return { followed: repeated && answered, why };
    },
  }),
);
