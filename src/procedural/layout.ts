/**
 * How a problem is written and how an answer is read: the one place for both.
 *
 * ```
 * Question: What is 17 + 5?          Question: What is 17 + 5?
 * Solution: Ones: 7 + 5 = 12 ...     Answer: 22
 * Answer: 22
 * ```
 *
 * `worked` writes the solution first, `direct` the answer alone. A base model continues both naturally; training on
 * both lets a small model be asked either way. Choices are not listed with letters: tying a letter to an option is an
 * ability of its own that small models lack. The choice is read from the answer like any other; only where a task is
 * `weighed`, each choice is scored as the continuation of `Answer:`, as lm-evaluation-harness does for ARC. In a conversation the same texts stand in turns, without `Question:`: the answering
 * turn begins with `Solution:` or with `Answer:`.
 */
import type { ChoicePair } from '../benchmarks/benchmark.ts';
import type { ChatMessage } from '../engine/engine.ts';
import type { Generator } from './generator.ts';
import type { Problem } from './problem.ts';

export type Layout = 'worked' | 'direct';

/** How the benchmark of a task asks: `direct` where choices are weighed, else for the solution. */
export function askedLayout({ weighed }: Pick<Generator, 'weighed'>): Layout {
  return weighed ? 'direct' : 'worked';
}

const MARKER = 'Answer:';
const WORKED = 'Solution:';

/** Where a generation ends: the model begins a question of its own. */
export const STOP = ['\n\n', 'Question:'] as const;

type Asked = Pick<Problem, 'question'>;
type Answered = Pick<Problem, 'question' | 'answer' | 'solution'>;

/** The prompt for a base model. */
export function promptOf({ question }: Asked, layout: Layout): string {
  return `Question: ${question}\n${layout === 'worked' ? WORKED : MARKER}`;
}

/** What follows the prompt, the space before it included. */
export function completionOf(problem: Answered, layout: Layout): string {
  return layout === 'worked' ? ` ${problem.solution}\n${MARKER} ${problem.answer}` : ` ${problem.answer}`;
}

/** Problem and answer as running text, for pretraining. Ends without a line break. */
export function textOf(problem: Answered, layout: Layout): string {
  return promptOf(problem, layout) + completionOf(problem, layout);
}

/** A row of the `messages` format. */
export function messagesOf(problem: Answered, layout: Layout): { readonly messages: readonly ChatMessage[] } {
  const stated = `${MARKER} ${problem.answer}`;
  return {
    messages: [
      { role: 'user', content: problem.question },
      {
        role: 'assistant',
        content: layout === 'worked' ? `${WORKED} ${problem.solution}\n${stated}` : stated,
      },
    ],
  };
}

/** What is asked about each choice. */
export function choicePairsOf(problem: Pick<Problem, 'question' | 'choices'>): ChoicePair[] {
  return problem.choices.map((choice) => ({
    context: promptOf(problem, 'direct'),
    continuation: ` ${choice}`,
    chat: {
      messages: [{ role: 'user', content: problem.question }],
      continuation: `${MARKER} ${choice}`,
    },
  }));
}

/**
 * The answer in a generated text, or null: the rest of the first line that begins with `Answer:`; for `direct`, whose
 * prompt ends with the marker, otherwise the first line. What follows an invented question is not read.
 */
export function readAnswer(output: string, layout: Layout): string | null {
  const end = output.indexOf('Question:');
  const own = end < 0 ? output : output.slice(0, end);
  const marked = /^[ \t]*Answer:([^\n]*)/m.exec(own);
  const stated = marked ? marked[1]! : layout === 'direct' ? own.trimStart().split('\n', 1)[0]! : '';
  return stated.trim() || null;
}
