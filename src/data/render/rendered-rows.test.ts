import { expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate } from '../../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { TRAIN_ON } from './render.ts';
import { renderedRows } from './rendered-rows.ts';
import { trainingTemplate } from './stand-in-template.ts';

test('a row that was rendered before is one of the same tokenizer, template, supervision and turns', () => {
  const tokenizers = [0, 1].map(() => byteLevelTokenizer(CHAT_RENDERS['extra tokens']).tokenizer);
  const templates = (['chatml', 'zephyr', 'llama-3'] as const).map((name) =>
    trainingTemplate(tokenizers[0]!, namedTemplate(name)),
  );
  const turns = (...said: string[]): ChatMessage[] =>
    said.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }));
  const rows = [turns('q', 'a'), turns('q', 'b'), turns('q', 'a', 'q', 'a'), turns('q', 'a', 'q', 'b')];
  const cases = tokenizers.flatMap((tokenizer) =>
    templates.flatMap((template) =>
      TRAIN_ON.flatMap((trainOn) => rows.map((messages) => ({ tokenizer, template, trainOn, messages }))),
    ),
  );
  const render = ({ messages, template, tokenizer, trainOn }: (typeof cases)[number]) =>
    renderedRows(messages, template, tokenizer, trainOn);
  const first = cases.map(render);
  expect(new Set(first).size).toBe(cases.length);
  // Asked for in another order they are the same ones, and not rendered again.
  for (const at of [...cases.keys()].reverse()) expect(render(cases[at]!)).toBe(first[at]);
  const masks = first.map((rows) => rows.map(({ ids, supervised }) => `${ids} ${supervised}`).join());
  // Two tokenizers of one kind agree; of one question and answer `last` is what `assistant` is.
  expect(new Set(masks).size).toBe(templates.length * (rows.length * TRAIN_ON.length - 2));
});
