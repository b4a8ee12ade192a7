/** Everything that is known about a benchmark as plain data, with what it leaves to be derived filled in. */
import { TAXONOMY } from '../domains/taxonomy.ts';
import type { Benchmark } from './benchmark.ts';
import { PROCEDURAL_BENCHMARKS, splitNames } from './procedural.ts';
import type { AnswerKind, FlawKind, Format, Setup } from './vocabulary.ts';

export interface AbilityDescription {
  readonly id: string;
  readonly definition: string;
  /** Why this benchmark asks for it. */
  readonly why: string;
}

export interface FlawDescription {
  readonly kind: FlawKind;
  readonly text: string;
  readonly source?: string;
}

/** As `carryover benchmarks --json` prints it. */
export interface Description {
  readonly name: string;
  readonly title: string;
  readonly domain: string;
  readonly abilities: readonly string[];
  readonly ability_reasons: readonly AbilityDescription[];
  readonly why: string;
  readonly format: Format;
  readonly answer: AnswerKind;
  readonly kind: 'choice' | 'generate';
  readonly metric: string;
  readonly chance: number;
  readonly size: number;
  readonly cluster_key: string;
  readonly flaws: readonly FlawDescription[];
  readonly setups: readonly Setup[];
  readonly licence: string;
  readonly source: string;
  readonly paper: string | null;
  readonly family: string;
  readonly data: unknown;
}

export function describeBenchmark(one: Benchmark): Description {
  const { name, title, domain, abilities, why, kind, metric, chance, size, licence, source } = one;
  const known = TAXONOMY[domain].abilities;
  return {
    name,
    title,
    domain,
    abilities,
    ability_reasons: abilities.map((id) => ({
      id,
      definition: known[id]?.definition ?? '',
      why: one.abilityReasons?.[id] ?? why,
    })),
    why,
    format: formatOf(one),
    answer: answerOf(one),
    kind,
    metric,
    chance,
    size,
    cluster_key: one.clusterKey,
    flaws: one.flaws.map((flaw) => (typeof flaw === 'string' ? { kind: 'other', text: flaw } : flaw)),
    setups: setupsOf(one),
    licence,
    source,
    paper: one.paper ?? null,
    family: familyOf(one),
    data: dataOf(one),
  };
}

/** Choices with a length-normalised headline are texts, others letters; a passing rate is of programs. */
export function formatOf(one: Benchmark): Format {
  if (one.format !== undefined) return one.format;
  if (one.kind === 'choice') return one.metric === 'acc_norm' ? 'choice-texts' : 'choice-letters';
  return one.metric.startsWith('pass@') ? 'program' : 'written';
}

export function answerOf(one: Benchmark): AnswerKind {
  if (one.answer !== undefined) return one.answer;
  const format = formatOf(one);
  if (format === 'choice-letters') return 'letter';
  if (one.kind === 'choice') return 'option';
  if (format === 'program') return 'program';
  return one.domain === 'mathematical' ? 'number' : 'words';
}

const HARNESS = /^(lm-evaluation-harness) ([\d.]+\d)/;
const SHOTS = /\b(\d+)(?:-shot| (?:fixed |worked )*(?:examples?|shots))\b/;

/** What `source` says in its fixed form: the harness with its version, and the number of shots. */
export function setupsOf(one: Pick<Benchmark, 'name' | 'source' | 'setups'>): readonly Setup[] {
  if (one.setups !== undefined) return one.setups;
  const [head = '', ...rest] = one.source.split(';');
  const shots = SHOTS.exec(one.source)?.[1];
  const note = rest.join(';').trim();
  const more = { ...(shots === undefined ? {} : { shots: Number(shots) }), ...(note ? { note } : {}) };
  const harness = HARNESS.exec(head);
  if (harness === null) return [{ by: head.trim(), ...more }];
  return [{ by: harness[1]!, version: harness[2]!, task: one.name, ...more }];
}

/** See `family` of a benchmark: what it shares with others beside what it measures. */
export function familyOf(one: Benchmark): string {
  if (one.family !== undefined) return one.family;
  if ('test' in one) return one.test.dataset;
  return 'generated' in one && isProcedural(one) ? `proc/${one.generated.generator}` : one.name;
}

function dataOf(one: Benchmark): unknown {
  if ('test' in one) return { test: one.test, ...(one.shots ? { shots: one.shots } : {}) };
  if ('own' in one) return one.own;
  return { ...one.generated, ...(isProcedural(one) ? { splits: splitNames(one.generated.generator) } : {}) };
}

/** Whether it is a task of `src/procedural/` and has its splits. */
export function isProcedural(one: Pick<Benchmark, 'name'>): boolean {
  return Object.hasOwn(PROCEDURAL_BENCHMARKS, one.name);
}
