import { describe, expect, it } from 'vitest';
import { choicePairsOf, completionOf, messagesOf, promptOf, readAnswer, textOf } from './layout.ts';

const problem = { question: 'What is 3 + 4?', solution: '3 + 4 = 7.', answer: '7', choices: ['7', '12'] };

describe('a problem', () => {
  it('is written with its solution or without', () => {
    expect(textOf(problem, 'worked')).toBe('Question: What is 3 + 4?\nSolution: 3 + 4 = 7.\nAnswer: 7');
    expect(textOf(problem, 'direct')).toBe('Question: What is 3 + 4?\nAnswer: 7');
    expect(promptOf(problem, 'worked')).toBe('Question: What is 3 + 4?\nSolution:');
    expect(completionOf(problem, 'direct')).toBe(' 7');
  });

  it('is a conversation of one turn', () => {
    expect(messagesOf(problem, 'worked').messages).toEqual([
      { role: 'user', content: 'What is 3 + 4?' },
      { role: 'assistant', content: 'Solution: 3 + 4 = 7.\nAnswer: 7' },
    ]);
  });

  it('asks each choice after the same context', () => {
    expect(choicePairsOf(problem).map((pair) => pair.context + pair.continuation)).toEqual([
      'Question: What is 3 + 4?\nAnswer: 7',
      'Question: What is 3 + 4?\nAnswer: 12',
    ]);
    expect(choicePairsOf(problem)[1]!.chat.continuation).toBe('Answer: 12');
  });
});

describe('the answer', () => {
  it.each([
    ['the line with the marker', ' 3 + 4 = 7.\nAnswer: 7', 'worked', '7'],
    ['the first such line', ' 3 + 4 = 7.\nAnswer: 7\nAnswer: 8', 'worked', '7'],
    ['no line of an invented question', ' 3 + 4 = 7.\n\nQuestion: 1 + 1?\nAnswer: 2', 'worked', null],
    ['nothing without a marker', ' 3 + 4 = 7.', 'worked', null],
    ['nothing from an empty marker', ' 3 + 4 = 7.\nAnswer:', 'worked', null],
    ['the first line of a direct answer', ' 7\nThat was easy.', 'direct', '7'],
    ['the marker before the first line', ' 3 + 4 = 7.\nAnswer: 7', 'direct', '7'],
    ['nothing from nothing', '', 'direct', null],
  ] as const)('is %s', (_, output, layout, expected) => {
    expect(readAnswer(output, layout)).toBe(expected);
  });
});
