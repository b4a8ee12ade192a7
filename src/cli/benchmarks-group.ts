/** A group of benchmarks, or what an alias of several stands for, for the terminal and as data. */
import type { Benchmark } from '../benchmarks/benchmark.ts';
import { GROUPS, OWN_GROUPS } from '../benchmarks/groups.ts';
import { otherNames, plainName } from '../benchmarks/names.ts';
import { count, counted } from '../text/counts.ts';
import { textTable } from '../text/text-table.ts';
import { itemsOf } from './benchmarks-text.ts';

/** The group's own name; null where only an alias names these benchmarks together, so that they have no mean. */
const groupName = (name: string): string | null =>
  [name, plainName(name)].find((one) => Object.hasOwn(GROUPS, one)) ??
  Object.keys(GROUPS).find((group) => otherNames(group).includes(plainName(name))) ??
  null;

export function groupText(name: string, members: readonly Benchmark[]): string {
  const group = groupName(name);
  const mean =
    group === null
      ? 'Asked together; no mean is taken over them.'
      : `results.json has their mean under groups, weighed by items, in both readings, ${OWN_GROUPS.includes(group) ? 'a group of our own' : 'as lm-evaluation-harness 0.4.13 takes it'}.`;
  const rows = members.map((one) => [`  ${one.name}`, count(one.size), one.metric, one.domain]);
  const head = ['  benchmark', 'items', 'metric', 'domain'];
  return (
    `${group ?? name}: ${counted(members.length, 'benchmark')}, ${count(itemsOf(members))} items\n` +
    `  ${mean}\n${textTable([head, ...rows], new Set([1])).join('\n')}`
  );
}

export function groupData(name: string, members: readonly Benchmark[]): unknown {
  const group = groupName(name);
  return {
    name: group ?? name,
    items: itemsOf(members),
    weighted_mean: group !== null,
    of_the_harness: group !== null && !OWN_GROUPS.includes(group),
    members: members.map((one) => one.name),
  };
}
