/** Benchmarks by what a user wrote: names of the registry and files of their own, side by side. */
import { UserError } from '../../errors.ts';
import type { Benchmark } from '../benchmark.ts';
import { TAKEN_NAMES } from '../names.ts';
import { findAllMembers, findBenchmark, findMembers, selectBenchmarks } from '../select.ts';
import { openOwn } from './open-own.ts';
import { isBenchmarkFile } from './read-definition.ts';

/** One of them. `folder`: where a relative path starts. Throws UserError for an unknown name and a file with mistakes. */
export async function resolveBenchmark(name: string, folder?: string): Promise<Benchmark> {
  if (!isBenchmarkFile(name)) return findBenchmark(name);
  const { benchmark } = await openOwn(name, {
    known: TAKEN_NAMES,
    ...(folder === undefined ? {} : { folder }),
  });
  return benchmark;
}

/**
 * All of them in the order given, each once; a group stands for its members. Throws UserError as well when two files
 * give one name.
 */
export async function resolveBenchmarks(
  names: readonly string[],
  folder?: string,
): Promise<readonly Benchmark[]> {
  const found: Benchmark[] = [];
  findAllMembers(names.filter((one) => !isBenchmarkFile(one)));
  for (const name of new Set(names.flatMap((one) => (isBenchmarkFile(one) ? [one] : findMembers(one))))) {
    const one = await resolveBenchmark(name, folder);
    if (found.some((other) => other.name === one.name))
      throw new UserError(`${name}: another of these files describes a benchmark named ${one.name}`, {
        remedy: 'Give each benchmark a name of its own.',
      });
    found.push(one);
  }
  return found;
}

/** As `selectBenchmarks`, with files allowed among the names. */
export async function chooseBenchmarks(
  choice: Parameters<typeof selectBenchmarks>[0],
): Promise<readonly Benchmark[]> {
  const names = choice.names?.split(',').map((name) => name.trim()) ?? [];
  if (!names.some(isBenchmarkFile) || choice.domain !== undefined || choice.suite !== undefined)
    return selectBenchmarks(choice);
  return resolveBenchmarks(names.filter((name) => name !== ''));
}
