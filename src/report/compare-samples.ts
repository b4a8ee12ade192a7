import { UserError } from '../errors.ts';
import type { Sample } from '../scoring/score.ts';
import { type Changes, changesOf } from '../stats/exact-power.ts';
import { holmAdjust } from '../stats/holm.ts';
import { mean } from '../stats/moments.ts';
import { type PairedEstimate, pairedDifference } from '../stats/paired.ts';
import { pairedTest } from '../stats/paired-test.ts';
import { detectableChange } from '../stats/power.ts';
import { countTransitions, type Transitions } from '../stats/transitions.ts';
import { count, listed } from '../text/counts.ts';
import { percent, pValue, signed, signedRange } from './number-text.ts';

/** Samples of one evaluation by benchmark, and how to name it in messages. */
export interface Evaluation {
  readonly name: string;
  readonly benchmarks: ReadonlyMap<string, readonly Sample[]>;
}

export interface SampleComparison {
  readonly benchmark: string;
  readonly first: number;
  readonly second: number;
  /** Second minus first, paired by sample id. */
  readonly difference: PairedEstimate;
  readonly p: number;
  readonly test: 'mcnemar' | 'sign-flip';
  /** Holm's correction over the benchmarks compared. */
  readonly adjustedP: number;
  readonly transitions: Transitions;
  /** Smallest true difference that these items show with a power of 80 %, if this were the only comparison. */
  readonly detectable: number;
  /** The same at Bonferroni's level of all benchmarks compared, which always suffices for `adjustedP`. */
  readonly detectableCorrected: number;
  /** Items that ended in an error on one side: left out, never counted as wrong. */
  readonly unscored: number;
  /** Items whose prompts are not the same text: then not only the models differ. */
  readonly promptsDiffer: number;
}

/**
 * Compares two evaluations on every benchmark that both have, paired by sample id.
 * @throws UserError when they share no benchmark, or an id of one is missing in the other.
 */
export function compareSamples(first: Evaluation, second: Evaluation): SampleComparison[] {
  const shared = [...first.benchmarks.keys()].filter((name) => second.benchmarks.has(name)).sort();
  if (shared.length === 0)
    throw new UserError(`${first.name} and ${second.name} have no benchmark in common.`, {
      remedy: `They hold ${[...first.benchmarks.keys()].join(', ')} and ${[...second.benchmarks.keys()].join(', ')}.`,
    });
  const rows = shared.map((benchmark) => compareOne(benchmark, first, second));
  const adjusted = holmAdjust(rows.map((row) => row.p));
  return rows.map(({ changes, ...row }, i) => ({
    ...row,
    adjustedP: adjusted[i] as number,
    detectableCorrected: detectableChange(row.difference, changes, { comparisons: rows.length }),
  }));
}

function compareOne(
  benchmark: string,
  first: Evaluation,
  second: Evaluation,
): Omit<SampleComparison, 'adjustedP' | 'detectableCorrected'> & { readonly changes: Changes } {
  const a = byId(first, benchmark);
  const b = byId(second, benchmark);
  refuseMissing(a, b, benchmark, second.name);
  refuseMissing(b, a, benchmark, first.name);
  const pairs = [...a].map(([id, sample]) => [sample, b.get(id) as Sample] as const);
  const scored = pairs.filter(([x, y]) => x.outcome !== 'error' && y.outcome !== 'error');
  if (scored.length === 0)
    throw new UserError(`Every item of "${benchmark}" ended in an error on one side.`, {
      remedy: 'The field "why" of the samples says what went wrong.',
    });
  const before = scored.map(([x]) => x.value);
  const after = scored.map(([, y]) => y.value);
  const clusters = scored.map(([x]) => x.cluster);
  const difference = pairedDifference(before, after, clusters);
  const values = after.map((score, i) => score - (before[i] as number));
  const changes = changesOf([{ values, clusters }]);
  return {
    benchmark,
    first: mean(before),
    second: mean(after),
    difference,
    ...pairedTest(before, after, clusters, benchmark),
    transitions: countTransitions(before, after),
    detectable: detectableChange(difference, changes),
    changes,
    unscored: pairs.length - scored.length,
    promptsDiffer: pairs.filter(([x, y]) => x.prompt_sha256 !== y.prompt_sha256).length,
  };
}

function byId(evaluation: Evaluation, benchmark: string): Map<string, Sample> {
  const samples = new Map<string, Sample>();
  for (const sample of evaluation.benchmarks.get(benchmark) ?? []) {
    if (samples.has(sample.id))
      throw new UserError(`Sample "${sample.id}" of "${benchmark}" is there twice in ${evaluation.name}.`);
    samples.set(sample.id, sample);
  }
  return samples;
}

function refuseMissing(
  from: ReadonlyMap<string, Sample>,
  to: ReadonlyMap<string, Sample>,
  benchmark: string,
  name: string,
): void {
  for (const id of from.keys()) {
    if (!to.has(id))
      throw new UserError(`Sample "${id}" of "${benchmark}" is missing in ${name}.`, {
        remedy: 'Evaluate both with the same --limit: only equal items can be compared.',
      });
  }
}

/** The comparison as a table for the terminal. */
export function comparisonText(rows: readonly SampleComparison[], first: string, second: string): string {
  const table = [
    [
      'benchmark',
      'n',
      'A',
      'B',
      'B − A',
      '95 % interval',
      'p',
      'p (Holm)',
      'won',
      'lost',
      'could show',
      'corrected',
    ],
    ...rows.map((row) => [
      row.benchmark,
      count(row.difference.n) + (row.unscored > 0 ? ` (${row.unscored} in error)` : ''),
      percent(row.first),
      percent(row.second),
      signed(row.difference.value),
      signedRange(row.difference),
      pValue(row.p),
      pValue(row.adjustedP),
      String(row.transitions.wrongToRight),
      String(row.transitions.rightToWrong),
      percent(row.detectable),
      percent(row.detectableCorrected),
    ]),
  ];
  const widths = (table[0] as string[]).map((_, c) => Math.max(...table.map((row) => (row[c] ?? '').length)));
  const prompts = rows.filter((row) => row.promptsDiffer > 0).map((row) => row.benchmark);
  return [
    `A: ${first}`,
    `B: ${second}`,
    '',
    ...table.map((row) =>
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c] as number) : cell.padStart(widths[c] as number)))
        .join('  '),
    ),
    '',
    'Points of score, paired by item; "could show" is the smallest difference that these items show four times in five,',
    '"corrected" the same with the correction for the number of benchmarks compared.',
    ...(prompts.length > 0
      ? [`Not only the models differ: A and B were prompted with other texts on ${listed(prompts)}.`]
      : []),
  ].join('\n');
}
