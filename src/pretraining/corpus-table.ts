/** What each round of a pretraining reads, as a table of its card. */
import type { Generator } from '../procedural/generator.ts';
import { markdownTable } from '../report/markdown-table.ts';
import { percent } from '../report/number-text.ts';
import { canonicalJson } from '../text/canonical-json.ts';
import type { Corpus, CorpusPart } from './corpus.ts';
import { corpusOf, type Pretraining } from './pretraining.ts';

/** A row for each part of a corpus; rounds that read the same one share it. */
export function corpusTable(pretraining: Pretraining): string {
  const read = new Map<string, { corpus: Corpus; rounds: number[] }>();
  for (const [at, round] of pretraining.rounds.entries()) {
    const corpus = corpusOf(pretraining, round);
    const key = canonicalJson({ ...corpus, parts: corpus.parts.map(partText) });
    const same = read.get(key) ?? { corpus, rounds: [] };
    same.rounds.push(at + 1);
    read.set(key, same);
  }
  const rows = [...read.values()].flatMap(({ corpus, rounds }) => {
    const total = corpus.parts.reduce((sum, { weight }) => sum + weight, 0);
    return corpus.parts.map((part, at) => [
      at === 0 ? rounds.join(', ') : '',
      `${percent(part.weight / total)} %`,
      partText(part),
      'tasks' in part ? workedText(part, corpus) : '–',
      'tasks' in part ? levelWeights(part.tasks, corpus.levels) : '–',
    ]);
  });
  return markdownTable(['rounds', 'of its documents', 'are about', 'with solution', 'levels'], rows);
}

function partText(part: CorpusPart): string {
  return 'tasks' in part ? part.tasks.map(({ name }) => name).join(', ') : 'facts of the made-up world';
}

/** `95.0 %`, or both shares where they differ between kinds of tasks. */
function workedText(part: Extract<CorpusPart, { tasks: unknown }>, { worked }: Corpus): string {
  const kinds = [...new Set(part.tasks.map(({ kind }) => kind))];
  const shares = [...new Set(kinds.map((kind) => part.worked ?? worked[kind]))];
  if (shares.length === 1) return `${percent(shares[0]!)} %`;
  return `${percent(worked.generate)} %, with choices ${percent(worked.choice)} %`;
}

/** `4 : 2 : 1 : 1`. */
function levelWeights(tasks: readonly Generator[], levels: readonly number[]): string {
  const most = Math.max(...tasks.map((task) => task.levels.length));
  return Array.from({ length: most }, (_, at) => levels[Math.min(at, levels.length - 1)]).join(' : ');
}
