/** Plain sentences made from a report's numbers: what one may conclude, and what not. */

import { DOMAINS, type Domain } from '../domains/domains.ts';
import { limitText } from '../evaluation/item-limit.ts';
import { studentQuantile } from '../stats/student-t.ts';
import { count, counted, listed } from '../text/counts.ts';
import { substituteSentences } from './benchmark-roles.ts';
import { indexText, percent, points, pValue, signed, signedRange } from './number-text.ts';
import type { Conclusions, DomainComparison, Report } from './report.ts';
import { couldShow } from './rules.ts';
import { pretrainingSentences } from './training-text.ts';

type Facts = Omit<Report, 'answer' | 'conclusions'>;

/** The study's question answered as far as the run can: by the verdicts of the domains that arms were not trained on. */
export function answerOf(report: Facts): string {
  if (report.arms.every((arm) => arm.isBase))
    return 'Only the base model was evaluated, so there is nothing to compare it with yet.';
  const transfer = report.domainComparisons.filter((row) => row.role === 'transfer');
  if (transfer.length === 0)
    return 'No arm was evaluated in a domain that it was not trained on, so this run says nothing about transfer.';
  const by = (verdict: string) => transfer.filter((row) => row.verdict === verdict);
  const named = (rows: readonly DomainComparison[]) =>
    listed(rows.map((row) => `${row.arm} in ${row.domain} (${signed(row.difference.value)} points)`));
  const [gains, losses, none] = [by('gain'), by('loss'), by('no difference shown')];
  const parts: string[] = [];
  if (gains.length > 0)
    parts.push(
      ...(['no', 'unknown'] as const).flatMap((trained) => {
        const rows = gains.filter((row) => row.trained === trained);
        const known = trained === 'no' ? 'were not trained' : 'are not known to be trained';
        return rows.length === 0 ? [] : [`Reasoning improved in domains that ${known}: ${named(rows)}.`];
      }),
    );
  if (losses.length > 0) parts.push(`It became worse for ${named(losses)}.`);
  const open = by('cannot tell').length;
  const taught = taughtMathematics(report);
  if (parts.length === 0 && taught.length === 0) {
    parts.push(
      open === transfer.length
        ? 'This run cannot tell whether anything carried over: it is too small for the differences it looks for.'
        : `No transfer to another domain was shown, in ${counted(none.length, 'comparison')} that could have shown 5 points.`,
    );
  }
  parts.push(...taught);
  if (open > 0 && open < transfer.length)
    parts.push(`${count(open)} of ${counted(transfer.length, 'comparison')} of single domains cannot tell.`);
  return parts.join(' ');
}

/** What mathematics did, on average, to the domains that an arm was not trained on. */
function taughtMathematics(report: Facts): string[] {
  const isTaught = (name: string) =>
    report.domainComparisons.some(
      ({ arm, domain, trained }) => arm === name && domain === 'mathematical' && trained === 'yes',
    );
  return report.transfer.flatMap(({ arm, domains, difference, detectable, verdict }) => {
    if (!difference || detectable === null || !isTaught(arm)) return [];
    const where = `the ${counted(domains.length, 'domain')} that it ${untrained(report, arm)}${domains.length === 1 ? '' : ', on average'}`;
    const size = `${signed(difference.value)} points (95 % interval ${signedRange(difference)})`;
    const words: Readonly<Record<typeof verdict, string>> = {
      gain: 'a gain',
      loss: 'a loss',
      'no difference shown': `no difference shown, where one of ${points(detectable)} would have been found four times in five`,
      'cannot tell': `this run cannot tell, as only ${points(detectable)} would have been found four times in five`,
      none: 'not tested',
    };
    return `Taught mathematics, ${arm} differs from the base model in ${where}, by ${size}: ${words[verdict]}.`;
  });
}

export function concludeFrom(report: Facts): Conclusions {
  return { may: mayConclude(report), mayNot: mayNotConclude(report) };
}

function mayConclude(report: Facts): string[] {
  const sentences: string[] = [];
  for (const row of report.domainComparisons) {
    const size = `${signed(row.difference.value)} points (95 % interval ${signedRange(row.difference)}, corrected p ${pValue(row.adjustedP)}, ${counted(row.difference.n, 'item')})`;
    if (row.verdict === 'gain') {
      const means = row.trained === 'yes' ? ' It was trained there: learned, not carried over.' : '';
      sentences.push(
        `${row.arm} answers ${domainItems(row.domain)} better than the base model: ${size}.${means}`,
      );
    }
    if (row.verdict === 'loss')
      sentences.push(`${row.arm} answers ${domainItems(row.domain)} worse than the base model: ${size}.`);
    if (row.verdict === 'no difference shown')
      sentences.push(
        `${row.arm} shows no difference in ${domainItems(row.domain)}, and one of ${couldShow(row)} would have been found four times in five.`,
      );
  }
  for (const row of report.forgetting) {
    if (row.verdict === 'kept') sentences.push(`${row.arm} forgot no more than the margin. ${row.because}`);
  }
  for (const row of report.format) {
    if (row.difference && (row.difference.low > 0 || row.difference.high < 0))
      sentences.push(
        `${row.arm} gives ${row.difference.value > 0 ? 'more' : 'fewer'} answers that can be read than the base model: ${signed(row.difference.value)} points (95 % interval ${signedRange(row.difference)}, not corrected for the number of arms).`,
      );
  }
  for (const { arm, domains, difference, adjustedP, verdict } of report.transfer) {
    if (difference && (verdict === 'gain' || verdict === 'loss'))
      sentences.push(
        `Over the domains that ${arm} ${untrained(report, arm)} (${listed(domains)}) it is ${verdict === 'gain' ? 'better' : 'worse'} than the base model: ${signed(difference.value)} points (95 % interval ${signedRange(difference)}, corrected p ${pValue(adjustedP ?? 1)}).`,
      );
  }
  for (const row of report.transfer) {
    if (row.index.refused === null)
      sentences.push(
        `The Transfer index of ${row.arm} is ${indexText(row.index)}: relative gain in the domains that it ${untrained(report, row.arm)} per 100 of relative gain in mathematics.`,
      );
  }
  return sentences;
}

/** `was not trained on`, as far as that is known of all its transfer domains. */
function untrained(report: Facts, arm: string): string {
  const open = report.domainComparisons.some(
    (row) => row.arm === arm && row.role === 'transfer' && row.trained === 'unknown',
  );
  return open ? 'is not known to have been trained on' : 'was not trained on';
}

function domainItems(domain: Domain): string {
  return domain === 'guards' ? 'the guards' : `${domain} items`;
}

function mayNotConclude(report: Facts): string[] {
  const sentences: string[] = [];
  for (const { arms, domains, needed, corrected } of openQuestions(report)) {
    const [alone, together] = [range(needed), range(corrected)];
    const also = alone === together ? '' : ` (with the correction for all comparisons ${together})`;
    const differ = arms.length === 1 ? 'differs' : 'differ';
    sentences.push(
      `Whether ${listed(arms)} ${differ} from the base model in ${listed(domains)}: the smallest difference that could have been seen is ${alone}${also}.`,
    );
  }
  if (report.seeds.length === 1 && report.arms.some((arm) => !arm.isBase))
    sentences.push(
      'That another training run would give the same: there is one training seed, so the noise of training is unknown and in no interval here.',
    );
  const limited = limitText(report.evaluation.limit, report.evaluation.limits);
  if (limited !== null)
    sentences.push(
      `Anything about the whole benchmarks: ${limited} were asked, the first in the benchmark’s own order.`,
    );
  for (const { arm, why } of report.matched.exceptions)
    sentences.push(`That ${arm} is better or worse at equal compute: it is not matched. ${why}`);
  if (report.matched.by === 'none')
    sentences.push('That one strategy is better than another at equal cost: the arms were not matched.');
  sentences.push(
    ...trainingSentences(report),
    ...controlSentences(report),
    ...seedSentences(report),
    ...floorSentences(report),
    ...guardSentences(report),
    ...dataSentences(report),
    ...substituteSentences(report.substitutes),
  );
  return sentences;
}

/** Arms that cannot tell in the same domains, together. */
function openQuestions(
  report: Facts,
): { arms: string[]; domains: readonly Domain[]; needed: number[]; corrected: number[] }[] {
  const groups = new Map<string, ReturnType<typeof openQuestions>[number]>();
  for (const { name } of report.arms) {
    const open = report.domainComparisons.filter((row) => row.arm === name && row.verdict === 'cannot tell');
    if (open.length === 0) continue;
    const domains = DOMAINS.filter((domain) => open.some((row) => row.domain === domain));
    const group = groups.get(domains.join()) ?? { arms: [], domains, needed: [], corrected: [] };
    group.arms.push(name);
    group.needed.push(...open.map((row) => row.detectable));
    group.corrected.push(...open.map((row) => row.detectableCorrected));
    groups.set(domains.join(), group);
  }
  return [...groups.values()];
}

/** Gains that may not be called carried over, and the base model's own past. */
function trainingSentences(report: Facts): string[] {
  const unknown = report.domainComparisons.filter(
    (row) => row.role === 'transfer' && row.trained === 'unknown' && row.verdict === 'gain',
  );
  const sentences = unknown.map(
    (row) =>
      `That the gain of ${row.arm} in ${row.domain} carried over: whether its training data hold such tasks is unknown.`,
  );
  if (report.model.pretrainedOn && report.transfer.some(({ domains }) => domains.length > 0))
    sentences.push(
      ...pretrainingSentences(report).map(
        (sentence) => `That a domain without training is new to the model. ${sentence}`,
      ),
    );
  return sentences;
}

/** A gain may come from any training; the arm that saw general data only shows how much of it did. */
function controlSentences(report: Facts): string[] {
  const control = report.arms.find((arm) => arm.strategy === 'general-only');
  const gains = report.domainComparisons.filter(
    (row) => row.role === 'transfer' && row.verdict === 'gain' && row.arm !== control?.name,
  );
  if (!control)
    return gains.length > 0
      ? ['That mathematics is the cause of a gain: the study has no arm trained on general data only.']
      : [];
  return DOMAINS.flatMap((domain) => {
    const arms = gains.filter((row) => row.domain === domain).map((row) => row.arm);
    const own = report.domainComparisons.find((row) => row.domain === domain && row.arm === control.name);
    if (arms.length === 0 || !own) return [];
    return `How much of the gain of ${listed(arms)} in ${domain} is due to mathematics: ${control.name}, which saw none${own.trained === 'yes' ? ' but was trained on that domain' : ''}, is at ${signed(own.difference.value)} points there (${signedRange(own.difference)}).`;
  });
}

/** The spread between the seeds could explain the difference: the t interval over the seeds contains 0. */
export function seedsExplain({ seedSpread, difference }: DomainComparison, seeds: number): boolean {
  if (seedSpread === null || seeds < 2) return false;
  return Math.abs(difference.value) <= (studentQuantile(0.975, seeds - 1) * seedSpread) / Math.sqrt(seeds);
}

function seedSentences(report: Facts): string[] {
  const seeds = report.seeds.length;
  if (seeds < 2) return [];
  const doubtful = report.domainComparisons.filter(
    (row) => (row.verdict === 'gain' || row.verdict === 'loss') && seedsExplain(row, seeds),
  );
  return doubtful.map(
    (row) =>
      `That ${row.arm} would show its ${row.verdict} in ${row.domain} again after training anew: its ${counted(seeds, 'seed')} spread by ${points(row.seedSpread ?? 0)} (standard deviation), and Student’s t over so few seeds allows a true difference of 0.`,
  );
}

function floorSentences(report: Facts): string[] {
  const base = report.arms.find((arm) => arm.isBase)?.name;
  const atFloor = report.scores.filter((row) => {
    const own = report.benchmarks.find(({ name }) => name === row.benchmark);
    return own?.inDomain && row.arm === base && row.score.low <= own.chance;
  });
  const biased = [...new Set(report.overfitting.gaps.flatMap(({ floor }) => floor))];
  return [
    ...(atFloor.length > 0
      ? [
          `That training took nothing away on ${listed(atFloor.map((row) => row.benchmark))}: the base model cannot be told from guessing there, so a loss has no room to show (floor effect).`,
        ]
      : []),
    ...(biased.length > 0
      ? [
          `How large the gaps are in which ${listed(biased)} ${biased.length === 1 ? 'has' : 'have'} a part: base or arm cannot be told from guessing there, which biases them (floor effect).`,
        ]
      : []),
  ];
}

function guardSentences(report: Facts): string[] {
  const open = report.forgetting.filter((row) => row.verdict === 'cannot tell');
  if (open.some((row) => row.baseAtChance))
    return [
      `That ${listed(open.map((row) => row.arm))} forgot nothing: the base model cannot be told from guessing on the guards, so there was nothing to lose.`,
    ];
  if (open.length > 0)
    return [
      `That ${listed(open.map((row) => row.arm))} forgot nothing: the guards’ intervals reach a loss of ${points(report.rules.forgettingMargin)}.`,
    ];
  return report.forgetting.some((row) => row.verdict === 'no guards')
    ? ['That nothing was forgotten: the study evaluates no guard benchmark.']
    : [];
}

function dataSentences(report: Facts): string[] {
  const sentences: string[] = [];
  const unscored = report.scores.filter((row) => row.unscored > 0);
  for (const row of unscored)
    sentences.push(
      `Anything about ${counted(row.unscored, 'item')} of ${row.benchmark} for ${row.arm}: they ended in an error and are left out, not counted as wrong.`,
    );
  const prompts = report.comparisons.filter((row) => row.promptsDiffer > 0);
  if (prompts.length > 0)
    sentences.push(
      `That ${listed([...new Set(prompts.map((row) => row.arm))])} and the base model differ in ability alone: some of their prompts are not the same text.`,
    );
  const differing = report.readings.filter((row) => row.differs);
  if (differing.length > 0)
    sentences.push(
      `That scores of other tools compare directly: on ${listed([...new Set(differing.map((row) => row.benchmark))])} the reading of lm-evaluation-harness gives other scores (up to ${percent(Math.max(...differing.map((row) => Math.abs(row.difference.value))))} points apart).`,
    );
  return sentences;
}

/** `12.3 points`, or `12.3 to 30.1 points`. */
function range(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return points(low) === points(high) ? points(low) : `${percent(low)} to ${points(high)}`;
}
