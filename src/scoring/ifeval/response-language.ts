/** language:response_language. The original takes langdetect's word for it, and passes what it cannot judge. */
import { textOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';
import { detectLanguage } from './tools/langdetect.ts';
import { readsAs } from './tools/language.ts';

export const responseLanguage: Instruction = withArgs(
  'language',
  (args) => textOf(args, 'language'),
  (language) => ({
    original: (text) => [language, null].includes(detectLanguage(text)),
    corrected: (text) => readsAs(text, language),
  }),
);
