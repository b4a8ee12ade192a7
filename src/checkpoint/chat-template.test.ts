import { describe, expect, test } from 'vitest';
import type { ChatMessage } from '../engine/engine.ts';
import { makeChatTemplate } from './chat-template.ts';

const messages: ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: '1 + 1?' },
];
const render = (chatTemplate: string, tokenizerConfig = {}, addGenerationPrompt = true) =>
  makeChatTemplate('model', { tokenizerJson: '', tokenizerConfig, chatTemplate })?.render(messages, {
    addGenerationPrompt,
  });

describe('chat template', () => {
  test('blocks leave no white space behind, nor does the template’s last line end, as in transformers', () => {
    expect(
      render(
        '{% for m in messages %}\n  {% if m.role != "tool" %}\n[{{ m.role }}] {{ m.content }}\n  {% endif %}\n{% endfor %}\nend\n',
      ),
    ).toBe('[system] Be brief.\n[user] 1 + 1?\nend');
  });

  test('special tokens, given as texts or as objects', () => {
    const config = { bos_token: '<s>', eos_token: { content: '</s>', lstrip: false } };
    expect(render('{{ bos_token }}{{ messages[1].content }}{{ eos_token }}', config)).toBe('<s>1 + 1?</s>');
  });

  test('the generation prompt on request only; no tools', () => {
    const source = '{{ "T" if tools else "" }}{{ "> " if add_generation_prompt }}';
    expect(render(source)).toBe('> ');
    expect(render(source, {}, false)).toBe('');
  });

  test('the date is always the same one, and known to be defined', () => {
    expect(render('{{ strftime_now("%d %b %Y") if strftime_now is defined else "none" }}')).toBe(
      '26 Jul 2024',
    );
  });

  test('a template that refuses the conversation says why', () => {
    expect(() => render('{{ raise_exception("System role not supported") }}')).toThrow(
      'the chat template refuses this conversation: System role not supported',
    );
  });

  test('strip, lstrip, rstrip and trim take away what they take away in Python', () => {
    const shown = (expression: string) =>
      render(`{% set t = "\u0085\\n x \ufeff\\n" %}{{ ${expression} }}`)?.replaceAll('\u0085', 'NEL');
    // As jinja2 3.1.6 writes them.
    expect(shown('t.strip()')).toBe('x \ufeff');
    expect(shown(String.raw`t.lstrip('\n')`)).toBe('NEL\n x \ufeff\n');
    expect(shown(String.raw`t.rstrip('\n')`)).toBe('NEL\n x \ufeff');
    expect(shown(String.raw`t[1:].strip('\n ')`)).toBe('x \ufeff');
    expect(shown('t | trim')).toBe('x \ufeff');
  });

  test('no template, no rendering', () => {
    expect(makeChatTemplate('model', { tokenizerJson: '', tokenizerConfig: {} })).toBeUndefined();
  });
});
