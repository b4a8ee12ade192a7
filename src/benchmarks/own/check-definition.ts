/** What a benchmark file can get wrong between its values, or against what the product knows. */
import { TAXONOMY } from '../../domains/taxonomy.ts';
import type { Diagnostic } from '../../study/diagnostics.ts';
import { didYouMean } from '../../study/issue-text.ts';
import type { DataSection, Definition } from './definition.ts';
import { compileTemplate, TemplateFault } from './template.ts';

export const SCORERS = ['exact', 'number', 'math', 'choice'] as const;

/** `known`: the names of the benchmarks that come with the product. */
export function checkDefinition(value: Definition, known: readonly string[]): readonly Diagnostic[] {
  return [
    ...checkNames(value, known),
    ...checkData(value.data, ['data']),
    ...(value.shots?.data ? checkData(value.shots.data, ['shots', 'data']) : []),
    ...checkScore(value),
    ...checkTemplates(value),
  ];
}

function checkNames({ name, domain, abilities }: Definition, known: readonly string[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (known.includes(name))
    found.push({
      path: ['name'],
      what: 'a benchmark of this name comes with Carryover',
      hint: 'give it another name',
    });
  const here = Object.keys(TAXONOMY[domain].abilities);
  for (const [index, ability] of abilities.entries())
    if (!here.includes(ability))
      found.push({
        path: ['abilities', index],
        what: `the domain ${domain} has no ability ${ability}`,
        hint: didYouMean(ability, here),
      });
  return found;
}

function checkData(data: DataSection, path: readonly PropertyKey[]): Diagnostic[] {
  if ((data.file === undefined) === (data.dataset === undefined))
    return [{ path, what: 'needs one of file and dataset' }];
  if (data.file === undefined) return [];
  return (['config', 'split', 'files', 'revision'] as const)
    .filter((key) => data[key] !== undefined)
    .map((key) => ({ path: [...path, key], atKey: true, what: 'does not go with file' }));
}

function checkScore({ choices, score, ask, answer_as, stop, max_tokens }: Definition): Diagnostic[] {
  const found: Diagnostic[] = [];
  const path = ['score'];
  if (typeof score === 'string' && !(SCORERS as readonly string[]).includes(score))
    found.push({ path, what: `there is no scorer ${score}`, hint: didYouMean(score, SCORERS) });
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
    if (ask !== 'text')
      found.push({ path: ['ask'], atKey: true, what: 'is about choices, and there are none' });
    if (answer_as !== 'text')
      found.push({ path: ['answer_as'], atKey: true, what: 'is about choices, and there are none' });
  } else if (stop.join() !== '\n\n' || max_tokens !== 256) {
    const key = max_tokens === 256 ? 'stop' : 'max_tokens';
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

function checkTemplates(value: Definition): Diagnostic[] {
  const { choices, shots } = value;
  const texts: [readonly PropertyKey[], unknown][] = [
    [['prompt'], value.prompt],
    [['answer'], value.answer],
    [['id'], value.id],
    [['cluster'], value.cluster],
    [['shots', 'answer'], shots?.answer],
    ...(Array.isArray(choices) ? choices : []).map((one, at): [PropertyKey[], unknown] => [
      ['choices', at],
      one,
    ]),
  ];
  return texts.flatMap(([path, text]) => {
    if (typeof text !== 'string') return [];
    try {
      compileTemplate(text);
      return [];
    } catch (fault) {
      if (!(fault instanceof TemplateFault)) throw fault;
      return [{ path, what: fault.message, hint: fault.hint }];
    }
  });
}
