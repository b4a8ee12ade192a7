/**
 * What of a benchmark's items other texts are compared with: the question as it is asked, without the frame that all
 * items share and without examples; its choices; and the worked solution or program where the dataset has one.
 */
import type { Benchmark, Item, Row } from '../../benchmarks/benchmark.ts';
import { wordsOf } from './normalise.ts';

export interface ItemText {
  readonly item: string;
  /** Items of one cluster (the same passage) may share words without making them a phrase of the benchmark. */
  readonly cluster: string;
  /** The question, in as many wordings as there are: a sentence with a blank comes with the blank and with each filling. */
  readonly questions: readonly string[];
  /** The choices with their letters, as one text; empty where there are none. */
  readonly choices: string;
  /** The worked solution or program; empty where the dataset has none. */
  readonly solution: string;
}

/** `rows`: the dataset's rows, when there is one for each item in the same order; otherwise empty. */
export function itemTexts(
  { name }: Pick<Benchmark, 'name'>,
  items: readonly Item[],
  rows: readonly Row[],
): ItemText[] {
  const whole = items.map(promptOf);
  // "Question:" before them all and "Answer:" behind; then "Choices:" between the question and its choices.
  const parts = withoutFrame(whole.map(({ text }) => text)).map(parted);
  const stems = [...withoutFrame(parts.filter(({ choices }) => choices !== '').map(({ stem }) => stem))];
  return items.map((item, index) => {
    const { stem, choices } = parts[index]!;
    return {
      item: item.id,
      cluster: `${name} ${item.cluster}`,
      questions: [choices === '' ? stem : stems.shift()!, ...whole[index]!.more],
      choices: choices === '' ? whole[index]!.choices : choices,
      solution: solutionOf(item, rows[index]),
    };
  });
}

interface Prompt {
  readonly text: string;
  /** Choices that stand outside of the text. */
  readonly choices: string;
  /** Other wordings of the text. */
  readonly more: readonly string[];
}

function promptOf(item: Item): Prompt {
  if (item.kind === 'generate') return { text: lastQuestion(item.messages), choices: '', more: [] };
  const [first, ...others] = item.pairs.map(({ chat }) => ({ ...chat, text: lastQuestion(chat.messages) }));
  if (first === undefined) return { text: '', choices: '', more: [] };
  if (others.some(({ text }) => text !== first.text)) {
    // The choices fill a blank: what is before the blank is the question, what follows is the same for all.
    const more = [first, ...others].map(({ text, continuation }) => `${text} ${continuation}`);
    const blank = commonStart([first.text, ...others.map(({ text }) => text)]);
    return { text: `${blank} ${first.continuation}`, choices: '', more };
  }
  const lettered = item.choices.map((choice, i) => `${String.fromCharCode(65 + i)}. ${choice}`);
  return { text: first.text, choices: lettered.join('\n'), more: [] };
}

/** Where choices that stand inside a prompt begin: `A. first` or `(A) first` on a line of its own, or as AGIEval has it. */
const CHOICES = /\n\s*(?:A[.)]|\(A\))\s|\s(?:Answer Choices|Options|Choices):\s*\(A\)/;

/** A prompt's question and the choices that stand in it. */
function parted(text: string): { readonly stem: string; readonly choices: string } {
  const at = text.search(CHOICES);
  return at < 0 ? { stem: text, choices: '' } : { stem: text.slice(0, at), choices: text.slice(at) };
}

function lastQuestion(messages: readonly { readonly role: string; readonly content: string }[]): string {
  return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

/** Whole words that all texts begin with. */
function commonStart(texts: readonly string[]): string {
  const words = texts.map((text) => text.split(/\s+/));
  const [first = []] = words;
  const end = first.findIndex((word, i) => words.some((other) => other[i] !== word));
  return first.slice(0, end < 0 ? first.length : end).join(' ');
}

/** Fewer texts than this may begin or end alike by chance. */
const FRAME_TEXTS = 20;

/** The texts without the words that all of them begin or end with. Empty texts have no say. */
export function withoutFrame(texts: readonly string[]): string[] {
  const words = texts.map(wordsOf);
  const telling = words.map(({ hashes }) => hashes).filter((hashes) => hashes.length > 0);
  if (telling.length < FRAME_TEXTS) return [...texts];
  const head = sharedWords(telling, (hashes, i) => hashes[i]);
  const tail = sharedWords(telling, (hashes, i) => hashes[hashes.length - 1 - i]);
  return words.map(({ text, starts, ends }, index) => {
    const rest = starts.length - head - tail;
    if (starts.length === 0 || (head === 0 && tail === 0)) return texts[index]!;
    return rest > 0 ? text.slice(starts[head], ends[starts.length - 1 - tail]) : text;
  });
}

/** How many words all lists share, counted from one end. */
function sharedWords(
  lists: readonly Uint32Array[],
  word: (hashes: Uint32Array, i: number) => number | undefined,
): number {
  const [first] = lists;
  let shared = 0;
  while (
    first &&
    shared < first.length &&
    lists.every((hashes) => word(hashes, shared) === word(first, shared))
  ) {
    shared++;
  }
  return shared;
}

/** Columns that hold a worked solution or a program, the first that is there counts. */
const SOLUTIONS = ['canonical_solution', 'solution', 'rationale', 'cot_content', 'code', 'answer'] as const;

/** The dataset's own solution, or a written reference answer: short ones are sorted out with the passages. */
function solutionOf(item: Item, row: Row | undefined): string {
  const column = SOLUTIONS.find((name) => typeof row?.[name] === 'string');
  if (column !== undefined) return String(row?.[column]);
  return item.kind === 'generate' && typeof item.gold === 'string' ? item.gold : '';
}
