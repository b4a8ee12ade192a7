/**
 * What the audit of the domains works on: models by measures. A measure is the pooled items of one family, domain and
 * way of answering (all history subjects of MMLU; both halves of ARC), so that benchmarks which share their making do not
 * pass for independent evidence. Every model has answered every item of every measure.
 */
import { counted } from '../../text/counts.ts';
import type { Domain } from '../domains.ts';

/** One evaluated model: which population it was drawn from, and its scores. */
export interface ModelScores {
  readonly name: string;
  /** Models of one group are no independent draws: the seeds of one arm. */
  readonly group: string;
  /** By benchmark. */
  readonly benchmarks: ReadonlyMap<string, readonly ItemScore[]>;
}

export interface ItemScore {
  readonly id: string;
  readonly cluster: string;
  /** From 0 to 1. */
  readonly value: number;
}

/** What must be known about a benchmark to place it. */
export interface Placed {
  readonly domain: Domain;
  readonly kind: 'choice' | 'generate';
  readonly family: string;
}

export interface Measure {
  /** The benchmark's name, or `FAMILY: first and N more`. */
  readonly name: string;
  readonly domain: Domain;
  readonly kind: 'choice' | 'generate';
  readonly family: string;
  readonly benchmarks: readonly string[];
  readonly items: number;
  /** Items of each cluster. */
  readonly sizes: Float64Array;
  /** Sum of the scores of each cluster, model by model: `sums[model * clusters + cluster]`. */
  readonly sums: Float64Array;
}

export interface Panel {
  readonly models: readonly { readonly name: string; readonly group: string }[];
  readonly measures: readonly Measure[];
  /** What was left out, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/**
 * The largest complete block of models and benchmarks, as many as `enough` groups of models if there are so many.
 * `placed`: undefined for what is no benchmark of a domain.
 */
export function buildPanel(
  scores: readonly ModelScores[],
  placed: (benchmark: string) => Placed | undefined,
  enough: number,
): Panel {
  const left: { name: string; why: string }[] = [];
  const all = [...new Set(scores.flatMap((one) => [...one.benchmarks.keys()]))];
  const known = all.filter((name) => placed(name) !== undefined);
  for (const name of all.filter((one) => !known.includes(one)))
    left.push({ name, why: 'belongs to no domain, or is another split of a task' });
  const { models, benchmarks } = completeBlock(scores, known, enough);
  for (const one of scores.filter((model) => !models.includes(model)))
    left.push({ name: one.name, why: 'has not answered all of the benchmarks that are compared' });
  for (const name of known.filter((one) => !benchmarks.includes(one)))
    left.push({ name, why: 'was not answered by all of the models that are compared' });
  const groups = new Map<string, string[]>();
  for (const name of benchmarks) {
    const { family, domain, kind } = placed(name)!;
    const key = JSON.stringify([family, domain, kind]);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  const measures = [...groups.values()].flatMap((names) => {
    for (const name of names) {
      const lost = unshared(models, name);
      if (lost > 0) left.push({ name, why: `${counted(lost, 'item')} not answered by every model` });
    }
    const measure = pooled(models, names, placed(names[0]!)!);
    if (measure === undefined) left.push({ name: names.join(', '), why: 'has fewer than two clusters' });
    return measure ?? [];
  });
  return { models: models.map(({ name, group }) => ({ name, group })), measures, left };
}

function completeBlock(
  scores: readonly ModelScores[],
  known: readonly string[],
  enough: number,
): { models: readonly ModelScores[]; benchmarks: readonly string[] } {
  const coverage = (name: string): number => scores.filter((one) => one.benchmarks.has(name)).length;
  const byCoverage = [...known].sort((a, b) => coverage(b) - coverage(a));
  let best = { area: 0, enough: false, count: 0 };
  for (let count = 1; count <= byCoverage.length; count++) {
    const models = having(scores, byCoverage.slice(0, count));
    const groups = new Set(models.map(({ group }) => group)).size;
    const now = { area: models.length * count, enough: groups >= enough, count };
    if (now.enough === best.enough ? now.area >= best.area : now.enough) best = now;
  }
  const chosen = new Set(byCoverage.slice(0, best.count));
  const benchmarks = known.filter((name) => chosen.has(name));
  return { models: having(scores, benchmarks), benchmarks };
}

const having = (scores: readonly ModelScores[], names: readonly string[]): ModelScores[] =>
  scores.filter((one) => names.every((name) => one.benchmarks.has(name)));

function pooled(
  models: readonly ModelScores[],
  names: readonly string[],
  { domain, kind, family }: Placed,
): Measure | undefined {
  const place = new Map<string, number>();
  const sizes: number[] = [];
  const sums: number[][] = models.map(() => []);
  for (const name of names) {
    for (const { cluster, values } of commonItems(models, name)) {
      // Clusters of different benchmarks are different, whatever they are called.
      const key = JSON.stringify([name, cluster]);
      const at = place.get(key) ?? sizes.push(0) - 1;
      place.set(key, at);
      sizes[at]!++;
      values.forEach((value, model) => {
        sums[model]![at] = (sums[model]![at] ?? 0) + value;
      });
    }
  }
  if (sizes.length < 2) return undefined;
  const [first] = names;
  return {
    name: names.length === 1 ? first! : `${family}: ${first} and ${names.length - 1} more`,
    domain,
    kind,
    family,
    benchmarks: names,
    items: sizes.reduce((sum, size) => sum + size, 0),
    sizes: Float64Array.from(sizes),
    sums: Float64Array.from(sums.flat()),
  };
}

/** Items of some models that others have not. */
function unshared(models: readonly ModelScores[], name: string): number {
  const all = new Set(models.flatMap((one) => one.benchmarks.get(name)!.map(({ id }) => id)));
  return all.size - commonItems(models, name).length;
}

/** The items that every model has, in the first model's order, with the score of each model. */
function commonItems(
  models: readonly ModelScores[],
  name: string,
): readonly { readonly cluster: string; readonly values: readonly number[] }[] {
  const byId = models.map((one) => new Map(one.benchmarks.get(name)!.map((item) => [item.id, item])));
  return [...(byId[0]?.values() ?? [])].flatMap(({ id, cluster }) => {
    const values = byId.map((items) => items.get(id)?.value);
    return values.includes(undefined) ? [] : [{ cluster, values: values as number[] }];
  });
}
