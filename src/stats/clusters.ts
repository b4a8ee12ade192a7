import { mean } from './moments.ts';

/** Sums and sizes of the clusters, in the order in which they first appear. */
export interface ClusterSums {
  readonly sums: readonly number[];
  readonly sizes: readonly number[];
}

/** Adds up values cluster by cluster. @throws RangeError when the lists differ in length. */
export function clusterSums(values: readonly number[], clusters: readonly string[]): ClusterSums {
  if (values.length !== clusters.length)
    throw new RangeError(`${values.length} values and ${clusters.length} cluster names`);
  const place = new Map<string, number>();
  const sums: number[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const name = clusters[i] as string;
    const at = place.get(name) ?? sums.push(0) - 1;
    if (at === sizes.length) {
      sizes.push(0);
      place.set(name, at);
    }
    sums[at] = (sums[at] as number) + (values[i] as number);
    sizes[at] = (sizes[at] as number) + 1;
  }
  return { sums, sizes };
}

/**
 * Standard error of a mean whose items are related inside clusters:
 * sqrt( C/(C-1) · Σ_c ( Σ_{i in c} (s_i - mean) )² ) / n
 * (Miller, "Adding Error Bars to Evals", arXiv 2411.00640, with the small-sample factor C/(C-1) that inspect_ai
 * uses). With one item a cluster it is the CLT standard error. Null for a single cluster.
 */
export function clusteredStandardError(
  values: readonly number[],
  clusters: readonly string[],
): number | null {
  const centre = mean(values);
  const { sums, sizes } = clusterSums(values, clusters);
  const count = sums.length;
  if (count < 2) return null;
  let total = 0;
  for (let c = 0; c < count; c++) total += ((sums[c] as number) - (sizes[c] as number) * centre) ** 2;
  return Math.sqrt((count / (count - 1)) * total) / values.length;
}
