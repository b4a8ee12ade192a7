/** `--against`: the benchmarks whose items are looked for in training data, as a study names its own. */
import { resolve } from 'node:path';
import { membersOf } from '../benchmarks/names.ts';
import { isBenchmarkFile } from '../benchmarks/own/read-definition.ts';
import { chooseBenchmarks } from '../benchmarks/own/resolve.ts';
import { ALL_PUBLISHED } from '../data/overlap/screen.ts';
import { UserError } from '../errors.ts';
import { isWritten } from '../study/screen-spec.ts';

/**
 * Names of the registry, and files with whole paths, each once, or `all` (`ScreenSpec`); none without the option. Throws UserError for a name
 * that there is not, a file with mistakes, and problems that are made from a seed.
 */
export async function againstNames(text: string | undefined): Promise<readonly string[]> {
  if (text === undefined) return [];
  if (text.trim() === ALL_PUBLISHED) return [ALL_PUBLISHED];
  await chooseBenchmarks({ names: text });
  const words = text.split(',').map((word) => word.trim());
  const names = words.flatMap((word) =>
    isBenchmarkFile(word) ? [resolve(word)] : (membersOf(word) ?? [word]),
  );
  const made = names.find((name) => !isWritten(name));
  if (made !== undefined)
    throw new UserError(`--against ${made}: its problems are made from a seed, and stand in nobody’s data`, {
      remedy: 'Name benchmarks whose items are published, or files of your own.',
    });
  return [...new Set(names)];
}
