import type { BenchmarkInfo } from './report-input.ts';
import { OF_TRAINING } from './seen-items.ts';

/**
 * What a benchmark is for in a report. Domains are made of primary benchmarks alone: a variant (other items of the same
 * task) has another distribution, or is there to be compared with the primary one.
 */
export interface BenchmarkRole {
  /** The benchmark that it is a variant of, itself for one that is none: what its task is called. */
  readonly task: string;
  /** `test` for a benchmark that is no variant; a variant's split, or `variant` where it names none. */
  readonly split: string;
  readonly inDomain: boolean;
}

/** A task of which only variants were evaluated. */
export interface Substitute {
  readonly task: string;
  /** The variant that counts in the domain in its place; null when none may. */
  readonly taken: string | null;
}

/** Roles by benchmark name, in the order given. */
export function benchmarkRoles(infos: readonly BenchmarkInfo[]): Map<string, BenchmarkRole> {
  const named = new Set(infos.map((info) => info.name));
  const standIns = new Map<string, string>();
  for (const info of standInOrder(infos)) {
    const { variantOf } = info;
    if (variantOf === undefined || named.has(variantOf) || standIns.has(variantOf)) continue;
    // Made of problems that were trained on, so no evidence of ability.
    if (!OF_TRAINING.has(splitOf(info))) standIns.set(variantOf, info.name);
  }
  return new Map(
    infos.map((info) => {
      const { name, variantOf } = info;
      return [
        name,
        {
          task: variantOf ?? name,
          split: splitOf(info),
          inDomain: variantOf === undefined || standIns.get(variantOf) === name,
        },
      ];
    }),
  );
}

/** Tasks without their primary benchmark, and what is taken instead. */
export function substitutesOf(roles: ReadonlyMap<string, BenchmarkRole>): Substitute[] {
  const tasks = new Set([...roles.values()].map(({ task }) => task).filter((task) => !roles.has(task)));
  return [...tasks].map((task) => ({
    task,
    taken: [...roles].find(([, role]) => role.task === task && role.inDomain)?.[0] ?? null,
  }));
}

/** What is said about them: one sentence each. */
export function substituteSentences(substitutes: readonly Substitute[]): string[] {
  return substitutes.map(({ task, taken }) =>
    taken === null
      ? `Anything about ability in ${task}: only problems made from training problems were evaluated, so it counts in no domain.`
      : `Anything about the items of ${task} itself: they were not evaluated, and ${taken} counts in its domain instead.`,
  );
}

const splitOf = ({ variantOf, generated }: BenchmarkInfo): string =>
  variantOf === undefined ? 'test' : (generated?.split ?? 'variant');

/** Fresh items first: they have the distribution of the primary benchmark. */
function standInOrder(infos: readonly BenchmarkInfo[]): BenchmarkInfo[] {
  const isFresh = (info: BenchmarkInfo) => splitOf(info) === 'fresh';
  return [...infos.filter(isFresh), ...infos.filter((info) => !isFresh(info))];
}
