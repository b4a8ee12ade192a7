/** Mean of at least one finite number. @throws RangeError on an empty list or a number that is not finite. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('the mean of no values');
  let sum = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`a score of ${value} is no number`);
    sum += value;
  }
  return sum / values.length;
}

/** Sample variance with n - 1; null for fewer than two values. */
export function variance(values: readonly number[]): number | null {
  const centre = mean(values);
  if (values.length < 2) return null;
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return sum / (values.length - 1);
}

/** CLT standard error of the mean, sqrt(variance / n) with the n - 1 variance, as lm-evaluation-harness reports it. */
export function standardError(values: readonly number[]): number | null {
  const spread = variance(values);
  return spread === null ? null : Math.sqrt(spread / values.length);
}

/** Pearson's correlation of two equally long lists; null when one of them does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number | null {
  const [ma, mb] = [mean(a), mean(b)];
  let [saa, sbb, sab] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const da = (a[i] as number) - ma;
    const db = (b[i] as number) - mb;
    saa += da * da;
    sbb += db * db;
    sab += da * db;
  }
  // Rounding leaves a residue of about 1e-30 where all values are equal.
  return saa < 1e-24 || sbb < 1e-24 ? null : Math.max(-1, Math.min(1, sab / Math.sqrt(saa * sbb)));
}
