import { expect, test } from 'vitest';
import { writtenTemplate } from '../../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { trainingTemplate } from './stand-in-template.ts';

test('stand-ins: ChatML where its tokens exist, else headings with the end-of-text token, else an error', () => {
  const chatml = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']).tokenizer;
  expect(trainingTemplate(chatml, undefined).name).toBe('chatml');
  expect(trainingTemplate(chatml, writtenTemplate('')).name).toBe('model');
  const { tokenizer } = byteLevelTokenizer(['<eos>']);
  const plain = trainingTemplate(tokenizer, undefined, [tokenizer.tokenId('<eos>')!]);
  expect(plain.name).toBe('plain');
  expect(
    plain.template.render(
      [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: 'a' },
      ],
      { addGenerationPrompt: false },
    ),
  ).toBe('### User:\nq\n\n### Assistant:\na<eos>\n\n');
  expect(() => trainingTemplate(tokenizer, undefined)).toThrow('no end-of-text token');
});
