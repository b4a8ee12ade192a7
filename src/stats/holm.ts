/**
 * Holm's step-down adjusted p-values, in the order given (Holm, Scandinavian Journal of Statistics 6, 1979, 65-70).
 * Comparing them with 0.05 keeps the chance of any false claim in the whole family below 5 %, whatever the
 * dependence between the tests.
 */
export function holmAdjust(pValues: readonly number[]): number[] {
  const order = pValues.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p || a.i - b.i);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let running = 0;
  order.forEach(({ p, i }, rank) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`a p-value between 0 and 1, not ${p}`);
    running = Math.max(running, Math.min(1, (pValues.length - rank) * p));
    adjusted[i] = running;
  });
  return adjusted;
}
