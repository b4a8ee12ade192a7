/** The determinant of a small matrix of values. */
import type { Budget } from './budget.ts';
import type { Complex, ComplexArithmetic } from './complex.ts';

/** Rows beyond which it is not worked out: expansion takes n! steps, and needs no division. */
const MAX_ROWS = 6;

/** By expansion along the first row (Laplace). Null where the matrix is not square or too large. */
export function determinant<R>(
  complex: ComplexArithmetic<R>,
  rows: readonly (readonly Complex<R>[])[],
  budget: Budget,
): Complex<R> | null {
  const n = rows.length;
  if (n === 0 || n > MAX_ROWS || rows.some((row) => row.length !== n)) return null;
  budget.spend(n);
  if (n === 1) return rows[0]![0]!;
  let total: Complex<R> = complex.of({ n: 0n, d: 1n });
  for (let column = 0; column < n; column++) {
    const rest = rows.slice(1).map((row) => row.filter((_, j) => j !== column));
    const product = complex.multiply(rows[0]![column]!, determinant(complex, rest, budget)!);
    total = complex.add(total, column % 2 === 0 ? product : complex.negate(product));
  }
  return total;
}
