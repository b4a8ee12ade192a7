/** What a benchmark file can get wrong between its values, or against what the product knows. */

import type { SourceRow } from '../../data/sources/row.ts';
import { TAXONOMY } from '../../domains/taxonomy.ts';
import type { Diagnostic } from '../../study/diagnostics.ts';
import { didYouMean } from '../../study/issue-text.ts';
import { nearest } from '../../text/nearest.ts';
import type { DataSection, Definition } from './definition.ts';
import type { Parts } from './schema.ts';
import { compileTemplate, TemplateFault } from './template.ts';

export const SCORERS = ['exact', 'number', 'math', 'choice'] as const;

/** The first rows of what a file names, as far as they can be read. */
export interface FirstRows {
  readonly data?: SourceRow | undefined;
  readonly shots?: SourceRow | undefined;
  /** Why one could not be read. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Checks every part that is right by itself, so that one reading tells all mistakes. `known`: the names of the benchmarks
 * that come with the product.
 */
export function checkDefinition(
  { value, wrong }: Parts,
  known: readonly string[],
  rows: FirstRows,
): readonly Diagnostic[] {
  return [
    ...checkNames(value, known),
    ...checkSections(value),
    ...rows.problems,
    ...checkScore(value, wrong),
    ...checkTemplates(value, rows),
  ];
}

/** Keys of the sections of data that do not go together. */
export function checkSections({ data, shots }: Partial<Definition>): readonly Diagnostic[] {
  return [
    ...(data ? checkData(data, ['data']) : []),
    ...(shots?.data ? checkData(shots.data, ['shots', 'data']) : []),
  ];
}

function checkNames(
  { name, domain, abilities }: Partial<Definition>,
  known: readonly string[],
): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (name !== undefined && known.includes(name))
    found.push({
      path: ['name'],
      what: 'a benchmark of this name comes with Carryover',
      hint: 'give it another name',
    });
  const here = domain && Object.keys(TAXONOMY[domain].abilities);
  // Without a domain an ability can still be none of any.
  const all = here ?? Object.values(TAXONOMY).flatMap((one) => Object.keys(one.abilities));
  const where = domain === undefined ? 'no domain has' : `the domain ${domain} has no`;
  for (const [index, ability] of (abilities ?? []).entries())
    if (!all.includes(ability))
      found.push({
        path: ['abilities', index],
        what: `${where} ${domain === undefined ? 'an ability' : 'ability'} ${ability}`,
        hint: here ? didYouMean(ability, here) : nearHint(ability, all),
      });
  return found;
}

/** Of all abilities of all domains no list is given. */
function nearHint(typed: string, known: readonly string[]): string | undefined {
  const near = nearest(typed, known);
  return near && `did you mean ${near}?`;
}

function checkData(data: DataSection, path: readonly PropertyKey[]): Diagnostic[] {
  if ((data.file === undefined) === (data.dataset === undefined))
    return [{ path, what: 'needs one of file and dataset' }];
  if (data.file === undefined) return [];
  return (['config', 'split', 'files', 'revision'] as const)
    .filter((key) => data[key] !== undefined)
    .map((key) => ({ path: [...path, key], atKey: true, what: 'does not go with file' }));
}

function checkScore(value: Partial<Definition>, wrong: ReadonlySet<string>): Diagnostic[] {
  const { choices, score, ask, answer_as, stop, max_tokens } = value;
  const found: Diagnostic[] = [];
  const path = ['score'];
  if (typeof score === 'string' && !(SCORERS as readonly string[]).includes(score))
    found.push({ path, what: `there is no scorer ${score}`, hint: didYouMean(score, SCORERS) });
  else if (wrong.has('choices') || wrong.has('score')) return found;
  else if (choices !== undefined && score !== undefined && score !== 'choice')
    found.push({
      path,
      what: 'choices are weighed, so no answer is written that it could read',
      hint: 'write score: choice, or leave choices out and show the options in the prompt',
    });
  else if (choices === undefined && score === 'choice')
    found.push({ path, what: 'needs choices', hint: 'add choices: a list, or the column that holds one' });
  else if (choices === undefined && score === undefined)
    found.push({
      path,
      what: 'missing; a written answer needs one of exact, number, math, or a map with a regex',
    });
  if (typeof score === 'object') {
    const fault = regexFault(score.regex);
    if (fault) found.push({ path: ['score', 'regex'], what: fault });
  }
  if (choices === undefined) {
    if (ask !== undefined && ask !== 'text')
      found.push({ path: ['ask'], atKey: true, what: 'is about choices, and there are none' });
    if (answer_as !== undefined && answer_as !== 'text')
      found.push({ path: ['answer_as'], atKey: true, what: 'is about choices, and there are none' });
  } else if ((stop && stop.join() !== '\n\n') || (max_tokens !== undefined && max_tokens !== 256)) {
    const key = stop && stop.join() !== '\n\n' ? 'stop' : 'max_tokens';
    found.push({ path: [key], atKey: true, what: 'is about written answers, and choices are weighed' });
  }
  return found;
}

function regexFault(source: string): string | undefined {
  try {
    new RegExp(source, 'u');
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message.replace(/^Invalid/, 'invalid') : String(cause);
  }
}

/** Whether each text is a template, and whether the first row has what it reads. */
function checkTemplates(value: Partial<Definition>, rows: FirstRows): Diagnostic[] {
  const { choices, shots } = value;
  const pool = shots?.data ? rows.shots : rows.data;
  const both = shots?.data ? [rows.data, rows.shots] : [rows.data];
  const texts: [path: readonly PropertyKey[], text: unknown, rows: readonly (SourceRow | undefined)[]][] = [
    [['prompt'], value.prompt, both],
    [['answer'], value.answer, both],
    [['id'], value.id, [rows.data]],
    [['cluster'], value.cluster, [rows.data]],
    [['shots', 'answer'], shots?.answer, [pool]],
    ...(Array.isArray(choices) ? choices : []).map(
      (one, at): [PropertyKey[], unknown, (SourceRow | undefined)[]] => [['choices', at], one, both],
    ),
  ];
  // What the prompt is given beside the columns.
  const given = choices === undefined ? {} : { lettered_choices: '' };
  return texts.flatMap(([path, text, over]) => {
    if (typeof text !== 'string') return [];
    try {
      const template = compileTemplate(text);
      const more = path[0] === 'prompt' ? given : {};
      return over.flatMap((row) =>
        row === undefined
          ? []
          : template
              .missing({ ...more, ...row.values })
              .map(({ message, hint }) => ({ path, what: `${placeOf(row)}: ${message}`, hint })),
      );
    } catch (fault) {
      if (!(fault instanceof TemplateFault)) throw fault;
      return [{ path, what: fault.message, hint: fault.hint }];
    }
  });
}

/** `rows.csv:2`, or the row's number where rows are no lines. */
export function placeOf({ file, line, row }: SourceRow): string {
  return line === undefined ? `${file}, row ${row}` : `${file}:${line}`;
}
