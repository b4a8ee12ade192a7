/**
 * Scores an answer to a BIG-Bench Hard item by its kind. Compatible: lm-evaluation-harness 0.4.13's filters
 * (`bbh-compatible.ts`). Corrected: the answer a careful reader sees, whatever punctuation surrounds it
 * (`bbh-readers.ts`): what is stated as the answer, else, where the answer was asked for at once, what the output
 * begins with, else what its last line ends with.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { type BbhAnswer, type BbhSetup, compatibleBbh } from './bbh-compatible.ts';
import { FIRST_LINE, LAST_LINE, READERS, type Reader } from './bbh-readers.ts';
import { lastBoxed, statedAnswers } from './final-answer.ts';
import type { Score } from './score.ts';
import { withoutThoughts } from './thoughts.ts';

export interface BbhOptions {
  readonly ending?: Ending;
  /** The item's question: its options let an answer be recognised that gives the option's text for its letter. */
  readonly question?: string;
  /** `cot_fewshot` when left out. */
  readonly setup?: BbhSetup;
}

export function scoreBbh(kind: BbhAnswer, output: string, target: string, options: BbhOptions = {}): Score {
  const { setup = 'cot_fewshot', question = '' } = options;
  const compatible = compatibleBbh(setup, kind, output, target, question);
  const references = referencesOf(kind, target, question);
  const read = readAnswer(
    kind,
    withoutThoughts(output),
    kind === 'letter' && references.includes(target) ? target : null,
    options,
  );
  const right = read !== null && references.includes(read.answer);
  const base = { readings: { compatible, corrected: { exact_match: right ? 1 : 0 } } };
  if (references.length === 0) {
    const why = `The reference ${JSON.stringify(target)} is no ${kind}.`;
    return { ...base, value: 0, answer: null, outcome: 'error', why };
  }
  if (read === null) {
    const why = options.ending === 'length' ? 'Cut off before a final answer.' : `No ${kind} could be read.`;
    return { ...base, value: 0, answer: null, outcome: 'no_answer', why };
  }
  return {
    ...base,
    value: right ? 1 : 0,
    answer: read.answer,
    outcome: right ? 'correct' : 'wrong',
    why: `Read ${read.answer} ${read.where}; the reference is ${references.join(' or ')}.`,
  };
}

function readAnswer(
  kind: BbhAnswer,
  output: string,
  textReference: string | null,
  { ending, question = '', setup }: BbhOptions,
): { answer: string; where: string } | null {
  const boxed = lastBoxed(output);
  for (const stated of boxed ? [...statedAnswers(output), boxed] : statedAnswers(output)) {
    const answer = sameText(textReference, stated.text) ?? READERS[kind](stated.text, question);
    if (answer !== null) return { answer, where: stated.where };
  }
  if (ending === 'length') return null;
  const lines = output.trim().split('\n');
  const tries: [Reader, string, string][] = [[LAST_LINE[kind], lines.at(-1) ?? '', 'in the last line']];
  if (setup === 'zeroshot') tries.unshift([FIRST_LINE[kind], lines[0] ?? '', 'at the beginning']);
  for (const [reader, line, where] of tries) {
    const answer = sameText(textReference, line) ?? reader(line, question);
    if (answer !== null) return { answer, where };
  }
  return null;
}

/** A reference that is a text is recognised as such; the readers know letters alone. */
function sameText(reference: string | null, text: string): string | null {
  const plain = text.trim().replace(/\.$/, '').toLowerCase();
  return reference !== null && reference.toLowerCase() === plain ? reference : null;
}

/**
 * What counts as right. Three published references of letter tasks are no letter but the text of an option that was cut
 * at its commas into several (`Monsters, Inc` became (A) Monsters, (B) Inc): any of these letters is right there.
 */
function referencesOf(kind: BbhAnswer, target: string, question: string): readonly string[] {
  const reference = READERS[kind](target, question);
  if (reference !== null) return [reference];
  if (kind !== 'letter') return [];
  const options = [...question.matchAll(/^(\([A-Z]\)) (.+)$/gm)];
  for (let from = 0; from < options.length; from++) {
    for (let to = from + 1; to <= options.length; to++) {
      const run = options.slice(from, to);
      if (run.map((option) => option[2]!.trim()).join(', ') === target)
        return [target, ...run.map((option) => option[1]!)];
    }
  }
  return [target];
}
