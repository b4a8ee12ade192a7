/** Says which argument of an instruction is wrong, and how. */
import { RELATIONS } from './arguments.ts';
import type { Args, Instruction } from './instruction.ts';

/** Null when the instruction takes the arguments. */
export function argumentFault({ args: names, bind }: Instruction, args: Args): string | null {
  if (bind(args) !== null) return null;
  const needed = names.split(', ');
  const missing = needed.filter((name) => isAbsent(args[name]));
  if (missing.length > 0) return `its kwargs lack ${missing.map((name) => `"${name}"`).join(' and ')}.`;
  for (const name of needed) {
    const value = args[name];
    if (/relation$/.test(name) && !RELATIONS.some((one) => one === value))
      return `"${name}" must be one of ${RELATIONS.map((one) => `"${one}"`).join(', ')}; it is ${JSON.stringify(value)}.`;
    if (NUMBERS.test(name) && !(Number.isSafeInteger(value) && (value as number) > 0))
      return `"${name}" must be a whole number from 1; it is ${JSON.stringify(value)}.`;
  }
  const given = needed.map((name) => `"${name}": ${JSON.stringify(args[name])}`).join(', ');
  const [, rule] = RULES.find(([name]) => needed.includes(name)) ?? [];
  return `its kwargs {${given}} do not fit${rule ? `: ${rule}` : ''}.`;
}

/** What an argument must be beside its kind. */
const RULES = [
  ['nth_paragraph', '"nth_paragraph" may not be above "num_paragraphs", and "first_word" is a text'],
  ['letter', '"letter" is one character'],
  ['keywords', '"keywords" is a list of texts'],
  ['forbidden_words', '"forbidden_words" is a list of texts'],
] as const;

/** Arguments that count something. */
const NUMBERS = /^num_|frequency$|^nth_paragraph$/;

/** As the original: nulls, zeros and empty texts say nothing. */
const isAbsent = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === 0 ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);
