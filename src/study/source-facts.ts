/** What a study's sources hold, as far as it is known: exactly for procedural tasks, by name for datasets of benchmarks. */
import { BENCHMARKS } from '../benchmarks/index.ts';
import type { SourceSpec } from '../data/source-spec.ts';
import { DEFAULT_ROWS } from '../data/sources/procedural-source.ts';
import type { Domain } from '../domains/domains.ts';
import { GENERATORS } from '../procedural/index.ts';
import { selectTasks } from '../procedural/select.ts';
import { DEFAULT_SEED } from '../procedural/training-rows.ts';
import { nameOf } from './matched.ts';
import type { SourceFacts, TaskFacts } from './run-facts.ts';

export function sourceFacts(spec: SourceSpec): SourceFacts {
  if ('procedural' in spec) {
    const tasks = selectTasks(spec.procedural).map(({ name, domain }) => ({ name, domain }));
    const { seed = DEFAULT_SEED, rows = DEFAULT_ROWS, levels } = spec;
    const of = levels === undefined ? '' : `, level ${levels.join(' and ')}`;
    return {
      title: `procedural train${of}, seed ${seed}, ${rows} rows`,
      domains: [...new Set(tasks.map(({ domain }) => domain))],
      tasks,
    };
  }
  if ('samples' in spec) return { title: `samples of ${nameOf(spec.samples)}`, domains: null, tasks: [] };
  if ('file' in spec) return { title: nameOf(spec.file), domains: null, tasks: [] };
  const { dataset, config, files, split = 'train' } = spec;
  const title = [dataset, config, files ?? split].filter((part) => part !== undefined).join(' ');
  return { title, domains: datasetDomains(dataset, config), tasks: [] };
}

/** Domains of the benchmarks that are made from a dataset; null for a dataset of no benchmark. */
function datasetDomains(dataset: string, config: string | undefined): readonly Domain[] | null {
  const domains = Object.values(BENCHMARKS).flatMap((benchmark) => {
    if ('make' in benchmark) return [];
    const splits = [benchmark.test, ...(benchmark.shots ? [benchmark.shots] : [])];
    const isIt = splits.some(
      (one) =>
        one.dataset === dataset &&
        (config === undefined || one.config === undefined || one.config === config),
    );
    return isIt ? [benchmark.domain] : [];
  });
  return domains.length === 0 ? null : [...new Set(domains)];
}

/** Procedural tasks by name; names that this version does not know are left out. */
export function taskFacts(names: readonly string[]): readonly TaskFacts[] {
  return names.flatMap((name) => {
    const task = Object.hasOwn(GENERATORS, name) ? GENERATORS[name] : undefined;
    return task ? { name, domain: task.domain } : [];
  });
}
