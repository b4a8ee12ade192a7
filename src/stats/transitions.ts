/** What became of each item. With scores other than 0 and 1, half or more counts as right. */
export interface Transitions {
  readonly rightToRight: number;
  readonly rightToWrong: number;
  readonly wrongToRight: number;
  readonly wrongToWrong: number;
}

/** Counts how items moved between base and arm; the lists are paired by position. */
export function countTransitions(base: readonly number[], arm: readonly number[]): Transitions {
  if (base.length !== arm.length)
    throw new RangeError(`${base.length} scores of the base and ${arm.length} of the arm`);
  const counts = { rightToRight: 0, rightToWrong: 0, wrongToRight: 0, wrongToWrong: 0 };
  base.forEach((score, i) => {
    const before = score >= 0.5;
    const after = (arm[i] as number) >= 0.5;
    if (before) counts[after ? 'rightToRight' : 'rightToWrong']++;
    else counts[after ? 'wrongToRight' : 'wrongToWrong']++;
  });
  return counts;
}
