/** The shape of a benchmark file. What needs two values, or a name that the product knows, is in `check-definition.ts`. */
import { z } from 'zod';
import { DOMAINS } from '../../domains/domains.ts';
import type { Issue } from '../../study/issue-text.ts';
import { keysOf } from '../../study/known-keys.ts';
import { ANSWER_KINDS, type AnswerKind, FORMATS, type Format } from '../vocabulary.ts';
import type { Definition, ScoreSection, Text } from './definition.ts';

const words = z.string().min(1);
const count = z.int().min(1);

const text = z.custom<Text>(
  (value) => (typeof value === 'string' && value !== '') || typeof value === 'function',
  { error: ({ input }) => (input === undefined ? 'missing; it needs a text' : 'must be a text') },
);

const choices = z.custom<NonNullable<Definition['choices']>>(
  (value) =>
    (typeof value === 'string' && value !== '') ||
    typeof value === 'function' ||
    (Array.isArray(value) && value.length > 1 && value.every((one) => typeof one === 'string')),
  { error: 'must be a list of at least two texts, or the name of a column that holds one' },
);

const regex = z.strictObject({
  regex: words,
  take: z.enum(['first', 'last']).default('first'),
  ignore_case: z.boolean().default(false),
});

/** Its keys are checked by themselves: a name or a map is told better than by a union. */
const score = z.custom<ScoreSection>(
  (value) => typeof value === 'string' || typeof value === 'function' || typeof value === 'object',
  { error: 'must be exact, number, math, choice, or a map with a regex' },
);

const data = z.strictObject({
  file: words.optional(),
  dataset: words.optional(),
  config: words.optional(),
  split: words.optional(),
  files: words.optional(),
  revision: words.optional(),
  limit: count.optional(),
});

const sections = {
  name: z.string().regex(/^[a-z0-9][a-z0-9_.-]*$/, {
    error: 'may hold small letters, digits, "_", "." and "-" only',
  }),
  title: words.optional(),
  domain: z.enum(DOMAINS),
  abilities: z.array(words).min(1),
  why: words.optional(),
  data,
  description: words.optional(),
  prompt: text,
  choices: choices.optional(),
  ask: z.enum(['text', 'letter']).default('text'),
  answer: text,
  answer_as: z.enum(['text', 'letter', 'number', 'place']).default('text'),
  score: score.optional(),
  shots: z
    .strictObject({
      count,
      data: data.optional(),
      draw: z.enum(['random', 'first']).default('random'),
      answer: text.optional(),
    })
    .optional(),
  stop: z.array(words).min(1).default(['\n\n']),
  max_tokens: count.max(32_768).default(256),
  chance: z.number().min(0).lt(1).optional(),
  id: text.optional(),
  cluster: text.optional(),
  format: z.enum(Object.keys(FORMATS) as [Format, ...Format[]]).optional(),
  answer_kind: z.enum(Object.keys(ANSWER_KINDS) as [AnswerKind, ...AnswerKind[]]).optional(),
  family: words.optional(),
  licence: words.default('not stated'),
  source: words.default("the user's own file"),
  paper: words.optional(),
  flaws: z.array(words).default([]),
};

const definition = z.strictObject(sections);

/** The parts of a definition that are right by themselves, so that what needs two of them can be checked in the same round. */
export interface Parts {
  readonly value: Partial<Definition>;
  /** The keys whose value is wrong or missing: nothing may be concluded from their absence in `value`. */
  readonly wrong: ReadonlySet<string>;
}

export interface ParsedDefinition {
  /** There exactly when `issues` is empty. */
  readonly value?: Definition;
  readonly issues: readonly Issue[];
  readonly parts: Parts;
}

export function parseDefinition(raw: object): ParsedDefinition {
  const result = definition.safeParse(raw);
  const scored = (raw as { score?: unknown }).score;
  const isMap = typeof scored === 'object' && scored !== null;
  const inner = isMap ? regex.safeParse(scored) : undefined;
  const more = (inner?.error?.issues ?? []).map((issue) => ({ ...issue, path: ['score', ...issue.path] }));
  const issues = [...(result.error?.issues ?? []), ...more] as readonly Issue[];
  const readScore = inner?.success ? { score: inner.data } : {};
  const parts = partsOf(raw);
  if (inner && !inner.success) parts.wrong.add('score');
  const known = { value: { ...parts.value, ...readScore }, wrong: parts.wrong };
  if (issues.length > 0 || !result.success) return { issues, parts: known };
  return { value: { ...result.data, ...readScore }, issues, parts: known };
}

function partsOf(raw: object): { value: Partial<Definition>; wrong: Set<string> } {
  const value: Record<string, unknown> = {};
  const wrong = new Set<string>();
  for (const [key, section] of Object.entries(sections)) {
    const read = section.safeParse((raw as Readonly<Record<string, unknown>>)[key]);
    if (!read.success) wrong.add(key);
    else if (read.data !== undefined) value[key] = read.data;
  }
  return { value, wrong };
}

/** Keys that the schema knows at a path, for "did you mean". */
export function definitionKeys(path: readonly PropertyKey[]): readonly string[] {
  return path[0] === 'score' ? keysOf(regex, path.slice(1)) : keysOf(definition, path);
}
