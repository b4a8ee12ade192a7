/**
 * The largest eigenvalue of a matrix of correlations, as a share of its trace: how much of the differences between models
 * one general factor explains. Found by power iteration, which converges to it because the matrix is symmetric; shifted by
 * the number of rows, so that no negative eigenvalue is larger in size (a disattenuated matrix may have some).
 */
export function generalShare(matrix: Float64Array): number {
  const count = Math.round(Math.sqrt(matrix.length));
  let vector = new Float64Array(count).fill(1 / Math.sqrt(count));
  let value = 0;
  for (let step = 0; step < 100; step++) {
    const next = new Float64Array(count);
    for (let a = 0; a < count; a++) {
      let sum = count * vector[a]!;
      for (let b = 0; b < count; b++) sum += matrix[a * count + b]! * vector[b]!;
      next[a] = sum;
    }
    const length = Math.hypot(...next);
    const before = value;
    value = length - count;
    vector = next.map((x) => x / length);
    if (Math.abs(value - before) < 1e-9) break;
  }
  return Math.max(0, Math.min(1, value / count));
}
