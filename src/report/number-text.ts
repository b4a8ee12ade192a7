/** Numbers as people read them in a report. Shares become points and percentages; signs are real minus signs. */

const sign = (value: number, text: string) => (value < 0 ? `−${text}` : `+${text}`);

/** `62.5` for 0.625. */
export function percent(share: number): string {
  return (100 * share).toFixed(1).replace(/^-/, '−');
}

/** A size in points: `7.4 points`. */
export function points(share: number): string {
  return `${(100 * Math.abs(share)).toFixed(1)} points`;
}

/** A difference in points with its sign: `+4.2`, `−0.8`, `0.0`. */
export function signed(share: number): string {
  const text = (100 * Math.abs(share)).toFixed(1);
  return text === '0.0' ? text : sign(share, text);
}

/** An interval of differences: `−1.2 to +9.6`. */
export function signedRange(range: { readonly low: number; readonly high: number }): string {
  return `${signed(range.low)} to ${signed(range.high)}`;
}

/** An interval of scores: `41.2 to 67.0`. */
export function percentRange(range: { readonly low: number; readonly high: number }): string {
  return `${percent(range.low)} to ${percent(range.high)}`;
}

/** `0.034`, `< 0.001`, `1`. */
export function pValue(p: number): string {
  if (p < 0.001) return '< 0.001';
  return p >= 0.9995 ? '1' : p.toFixed(3);
}

/** A Transfer index with its interval: `38 (−6 to 90)`. */
export function indexText(index: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}): string {
  const whole = (value: number) => value.toFixed(0).replace(/^-0$/, '0').replace('-', '−');
  return `${whole(index.value)} (${whole(index.low)} to ${whole(index.high)})`;
}
