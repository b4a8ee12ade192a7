/**
 * Finds procedural tasks by what a user typed: `NAME` or `proc/NAME`, `domain:DOMAIN`, `all`. Typing errors are met with
 * the nearest name.
 */
import { DOMAINS } from '../domains/domains.ts';
import { UserError } from '../errors.ts';
import { knownName } from '../text/known-name.ts';
import type { Generator } from './generator.ts';
import { GENERATORS } from './index.ts';
import { SPLITS, type Split } from './split.ts';

const PREFIX = 'proc/';
const DOMAIN = 'domain:';

/** Everything that may stand where tasks are chosen, the prefix `proc/` left out. */
export const TASK_WORDS: readonly string[] = [
  ...Object.keys(GENERATORS),
  ...DOMAINS.map((domain) => `${DOMAIN}${domain}`),
  'all',
];

/** The task of a name. Throws UserError with the nearest name when there is none. */
export function findTask(name: string): Generator {
  const names = Object.keys(GENERATORS);
  return GENERATORS[
    knownName(withoutPrefix(name), names, 'procedural task', '`carryover procedural list` lists all.')
  ]!;
}

/** The tasks that the words name, each once. Throws UserError for an unknown word and for none at all. */
export function selectTasks(words: readonly string[]): readonly Generator[] {
  const given = words.map((word) => word.trim()).filter((word) => word !== '');
  const tasks = [...new Set(given.flatMap(tasksOf))];
  if (tasks.length > 0) return tasks;
  throw new UserError(
    given.length === 0
      ? 'No procedural task was named.'
      : `There is no procedural task in ${given.join(', ')} yet.`,
    { remedy: 'Name tasks between commas, domain:DOMAIN, or all. `carryover procedural list` lists them.' },
  );
}

/** Throws UserError with the nearest name when there is no such split. */
export function findSplit(name: string): Split {
  return knownName(name, SPLITS, 'split', `Splits: ${SPLITS.join(', ')}.`);
}

function tasksOf(word: string): readonly Generator[] {
  const bare = withoutPrefix(word);
  if (bare === 'all') return Object.values(GENERATORS);
  if (!bare.startsWith(DOMAIN)) return [findTask(bare)];
  const domain = knownName(bare.slice(DOMAIN.length), DOMAINS, 'domain', `Domains: ${DOMAINS.join(', ')}.`);
  return Object.values(GENERATORS).filter((one) => one.domain === domain);
}

export function withoutPrefix(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}
