import { expect, test } from 'vitest';
import type { ChatMessage } from '../../engine/engine.ts';
import { refuseOpenThoughts } from './open-thoughts.ts';
import { RowFault } from './row-fault.ts';

function faultOf(...answers: string[]): unknown {
  const messages = answers.flatMap((content): ChatMessage[] => [
    { role: 'user', content: '<think> x' },
    { role: 'assistant', content },
  ]);
  try {
    return refuseOpenThoughts(messages);
  } catch (error) {
    return error;
  }
}

test('an answer that was cut inside its thoughts is faulty, wherever it stands', () => {
  for (const answers of [['<think>'], ['\n <think>\nhm', 'y'], ['y', '<think>hm']]) {
    const fault = faultOf(...answers);
    expect(fault).toBeInstanceOf(RowFault);
    expect((fault as RowFault).reason).toBe('open-thought');
  }
  expect(String(faultOf('y', '<think>hm'))).toContain('turn 4: the answer begins with <think>');
});

test('closed thoughts, thoughts that a prompt opened, and tags that are spoken of', () => {
  expect(faultOf('<think>hm</think>y', 'hm</think>y', 'The tag <think> opens thoughts.')).toBeUndefined();
});
