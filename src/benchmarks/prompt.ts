/**
 * Builds prompts as lm-evaluation-harness 0.4.13 does (`api/task.py`, `fewshot_context`): a description directly
 * before the first example, each example as question, delimiter, answer and a blank line, then the question itself.
 * The same as a conversation: the description is the system message and every example a turn (its
 * `--apply_chat_template` with `--fewshot_as_multiturn`), where the delimiters fall away.
 */
import type { ChatMessage } from '../engine/engine.ts';
import type { ChoiceItem, ChoicePair, GenerateItem } from './benchmark.ts';

export interface PromptParts {
  readonly description?: string;
  readonly shots?: readonly { readonly question: string; readonly answer: string }[];
  readonly question: string;
  /** Between a question and its answer; one space unless the task says otherwise. */
  readonly delimiter?: string;
}

export interface Prompt {
  readonly text: string;
  readonly messages: readonly ChatMessage[];
}

export function buildPrompt(parts: PromptParts): Prompt {
  const delimiter = parts.delimiter ?? ' ';
  let text = parts.description ?? '';
  const messages: ChatMessage[] = text ? [{ role: 'system', content: text }] : [];
  for (const { question, answer } of parts.shots ?? []) {
    text += `${question}${delimiter}${answer}\n\n`;
    messages.push({ role: 'user', content: question }, { role: 'assistant', content: answer });
  }
  messages.push({ role: 'user', content: parts.question });
  return { text: text + parts.question, messages };
}

/** What a generated item that is no relative of any other has from its id, place and prompt. */
export function loneItem(
  id: string,
  index: number,
  { text, messages }: Prompt,
): Pick<GenerateItem, 'kind' | 'id' | 'index' | 'cluster' | 'prompt' | 'messages'> {
  return { kind: 'generate', id, index, cluster: id, prompt: text, messages };
}

/** One pair for each choice after the same prompt; in a conversation the choice begins the assistant's turn. */
export function choicesAfter(prompt: Prompt, choices: readonly string[]): ChoicePair[] {
  return choices.map((choice) => ({
    context: prompt.text,
    continuation: ` ${choice}`,
    chat: { messages: prompt.messages, continuation: choice },
  }));
}

/** An item whose choices all continue the same prompt. */
export function choiceItem(
  of: Pick<ChoiceItem, 'id' | 'index' | 'cluster' | 'gold' | 'choices'>,
  prompt: Prompt,
): ChoiceItem {
  const { id, index, cluster, gold, choices } = of;
  return { kind: 'choice', id, index, cluster, pairs: choicesAfter(prompt, choices), choices, gold };
}

/** `A. first`, `B. second`, one a line, each line ended. */
export function letteredLines(choices: readonly string[]): string {
  return choices.map((choice, i) => `${LETTERS[i]}. ${choice}\n`).join('');
}

export const LETTERS = 'ABCDEFGHIJ';
