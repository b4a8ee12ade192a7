import { Option } from 'commander';
import type { ColumnMapping } from '../data/source-spec.ts';
import { UserError } from '../errors.ts';

const KEYS = ['prompt', 'completion', 'system'];

/** `--columns`, as every command has it. `of`: what it is for, where the command takes more than rows. */
export function columnsFlag(of = ''): Option {
  return new Option(
    '--columns <map>',
    `${of}columns of rows in no known format, such as prompt=problem,completion=solution`,
  ).argParser(columnsOption);
}

/** `prompt=question,completion=answer`: which columns of the rows hold what. Throws UserError for other text. */
export function columnsOption(text: string): ColumnMapping {
  const pairs = text.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()] as const;
  });
  const { prompt, completion, system } = Object.fromEntries(pairs) as Record<string, string | undefined>;
  const known = pairs.every(([key, column]) => KEYS.includes(key) && column !== '');
  if (!known || !prompt || !completion || new Set(pairs.map(([key]) => key)).size < pairs.length) {
    throw new UserError(`--columns ${text}: not prompt=COLUMN,completion=COLUMN`, {
      remedy: 'Name the column of the questions and that of the answers; system=COLUMN may follow.',
    });
  }
  return { prompt, completion, ...(system ? { system } : {}) };
}
