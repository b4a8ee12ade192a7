/**
 * What a step's result depends on. Equal fingerprints mean equal results, so a finished step is taken over, two
 * arms share a step, and a stale step can say which fact changed.
 */
import { sha256 } from '../platform/files.ts';
import { canonicalJson } from '../text/canonical-json.ts';
import type { StepKind } from './events.ts';

/** Anything JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface StepFingerprint {
  /** Revision of the code behind this kind of step: a fix of a wrong number must not keep the wrong number. */
  readonly code: string;
  /** Settings that change the result, and only those: how often a checkpoint is written is none of them. */
  readonly config: Json;
  /** Digests of the steps this one reads, by role. Folding them in makes every later step stale too. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Seed of the data order, the adapter's first values and the sampling; null where nothing is drawn. */
  readonly seed: number | null;
  /** Fingerprint of the model the step starts from: config, weights, tokenizer and template. */
  readonly model: string | null;
  /** Digests of the data files read, by the name they have in the study: a changed file is other data. */
  readonly dataset: Readonly<Record<string, string>>;
}

/**
 * Raise a number when the same fingerprint would give another result than before: a changed rendering, packing,
 * optimizer or scorer. A step of an older revision is done again. Evaluations then score their journaled answers anew:
 * where the engine's answers themselves were wrong, raise the version in src/evaluation/response-journal.ts as well.
 */
export const CODE_REVISIONS: { readonly [Kind in StepKind]: number } = {
  data: 6,
  train: 2,
  evaluate: 10,
  report: 8,
};

/** SHA-256 of a fingerprint, in hexadecimal. */
export function digestOf(fingerprint: StepFingerprint): string {
  return sha256(canonicalJson(fingerprint));
}

/**
 * The first fact in which two fingerprints differ, as a person would say it: `config.learning_rate 0.001 -> 0.002`.
 * Undefined when they are equal. Inputs come last: what the user changed explains more than what follows from it.
 */
export function explainStale(old: StepFingerprint, now: StepFingerprint): string | undefined {
  for (const field of ['config', 'seed', 'dataset', 'model', 'code', 'inputs'] as const) {
    const difference = firstDifference(field, old[field], now[field]);
    if (difference) return difference;
  }
  return undefined;
}

function firstDifference(path: string, old: unknown, now: unknown): string | undefined {
  if (canonicalJson(old ?? null) === canonicalJson(now ?? null)) return undefined;
  if (isBranch(old) && isBranch(now) && Array.isArray(old) === Array.isArray(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    for (const key of keys) {
      const difference = firstDifference(`${path}.${key}`, Reflect.get(old, key), Reflect.get(now, key));
      if (difference) return difference;
    }
  }
  return `${path} ${brief(old)} -> ${brief(now)}`;
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Digests are shortened: nobody compares 64 digits by eye. */
function brief(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 8) : value;
  const text = canonicalJson(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
