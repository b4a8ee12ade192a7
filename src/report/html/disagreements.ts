import type { Sample } from '../../scoring/score.ts';
import { baseArm, pairSamples } from '../pair-samples.ts';
import type { ReportInput } from '../report-input.ts';

/** Items that some arm judged otherwise than the base model: what the page's sample browser shows. */
export interface Disagreements {
  readonly base: string;
  readonly arms: readonly string[];
  readonly benchmarks: readonly DisagreementGroup[];
}

export interface DisagreementGroup {
  readonly name: string;
  readonly title: string;
  /** Items on which an arm and the base disagree; `items` holds the first of them. */
  readonly total: number;
  readonly items: readonly DisagreementItem[];
}

export interface DisagreementItem {
  readonly id: string;
  /** Position in the benchmark's own order, from 1 as people count. */
  readonly place: number;
  readonly gold: string;
  /** By arm, in the order of `arms`, the base included; of the first seed. */
  readonly answers: readonly {
    readonly right: boolean;
    readonly outcome: string;
    readonly answer: string;
    readonly why: string;
    readonly output: string;
  }[];
}

/** Keeps the page small enough to open at once: the rest is in the samples files. */
const ITEMS = 40;
const OUTPUT_CHARS = 600;

/** Collects them from the first seed of every arm, in the benchmark's own order. */
export function findDisagreements(input: ReportInput): Disagreements {
  const base = baseArm(input.facts.arms).name;
  const arms = input.facts.arms.map((arm) => arm.name);
  const benchmarks = pairSamples(input).map((panel) => {
    const first = arms.map((arm) => panel.arms.get(arm)?.[0] ?? []);
    const own = panel.arms.get(base)?.[0] ?? [];
    const differing = panel.ids
      .map((_, i) => i)
      .filter((i) => first.some((samples) => isRight(samples[i]) !== isRight(own[i])));
    return {
      name: panel.info.name,
      title: panel.info.title,
      total: differing.length,
      items: differing.slice(0, ITEMS).map((i) => ({
        id: panel.ids[i] as string,
        place: (own[i] as Sample).index + 1,
        gold: goldText(own[i] as Sample),
        answers: first.map((samples) => shown(samples[i] as Sample)),
      })),
    };
  });
  return { base, arms, benchmarks: benchmarks.filter((group) => group.total > 0) };
}

const isRight = (sample: Sample | undefined): boolean => sample !== undefined && sample.value >= 0.5;

const cut = (text: string, length = OUTPUT_CHARS): string =>
  text.length > length ? `${text.slice(0, length)} …` : text;

function shown(sample: Sample): DisagreementItem['answers'][number] {
  return {
    right: isRight(sample),
    outcome: sample.outcome,
    answer: cut(sample.answer ?? '', 200),
    why: cut(sample.why, 300),
    output: cut(sample.output),
  };
}

/** The reference as a person reads it: a choice's text, a text, or a structure as JSON. */
function goldText({ gold, choices }: Sample): string {
  if (typeof gold === 'number' && choices[gold]) return cut(choices[gold].text.trim(), 300);
  return cut(typeof gold === 'string' ? gold : (JSON.stringify(gold) ?? ''), 300);
}
