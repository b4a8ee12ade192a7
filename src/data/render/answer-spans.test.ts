/** What is remembered of a template from one row to the next changes no span. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeChatTemplate } from '../../checkpoint/chat-template.ts';
import type { ChatTemplate } from '../../checkpoint/checkpoint.ts';
import { TEMPLATES, type TemplateName } from '../../checkpoint/templates/templates.ts';
import type { ChatMessage } from '../../engine/engine.ts';
import { answerSpans, renderFor } from './answer-spans.ts';
import { RowFault } from './row-fault.ts';

/** Two that no family has: one whose answers' surroundings depend on what was asked, one that cuts what was said. */
const SOURCES: Record<string, string> = {
  ...Object.fromEntries(Object.entries(TEMPLATES).map(([name, { source }]) => [name, source])),
  moody:
    "{% for m in messages %}{% if m.role == 'assistant' %}{{ '<a>' + ('a' if 'a' in messages[loop.index0 - 1].content else '') + m.content + ('b.' if 'b' in messages[loop.index0 - 1].content else '.') }}{% else %}{{ '<q>' + m.content }}{% endif %}{% endfor %}{% if add_generation_prompt %}<a>{% endif %}",
  trimming:
    "{% for m in messages %}{{ '<' + m.role + '>' + (m.content | trim) + ' .' }}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}",
};

const content = fc
  .array(fc.constantFrom('a', 'b', ' ', '\n', '.', '<think>', '</think>', '<|im_end|>', 'word'), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const conversation = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(content, content), { minLength: 1, maxLength: 3 }))
  .map(([system, turns]): ChatMessage[] => [
    ...(system ? [{ role: 'system' as const, content: 'Be brief.' }] : []),
    ...turns.flatMap(([user, assistant]) => [
      { role: 'user' as const, content: user },
      { role: 'assistant' as const, content: assistant },
    ]),
  ]);

function spansOf(messages: readonly ChatMessage[], template: ChatTemplate): unknown {
  try {
    return answerSpans(messages, renderFor(template, messages, false), template);
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    return { reason: error.reason, message: error.message, remedy: error.remedy };
  }
}

test.each(Object.keys(SOURCES))('%s', (name) => {
  const files = { tokenizerJson: '', tokenizerConfig: { eos_token: '</s>' }, chatTemplate: SOURCES[name]! };
  const template = makeChatTemplate(name, files, name as TemplateName)!;
  fc.assert(
    fc.property(conversation, (messages) => {
      // Nothing is remembered of a template that was never seen.
      expect(spansOf(messages, template)).toEqual(spansOf(messages, { ...template }));
    }),
    { numRuns: 200 },
  );
});
