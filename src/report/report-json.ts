/**
 * The bytes of `report.json`. Keys keep the order of `Report`; fractions are rounded to 6 significant digits,
 * because the last digits of exp and log may differ between machines and mean nothing.
 * @throws Error when a number is not finite: nothing may hide as `null` in the file.
 */
export function reportJson(report: unknown): string {
  return `${JSON.stringify(report, roundNumbers, 2)}\n`;
}

function roundNumbers(key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) throw new Error(`the report holds ${value} under "${key}"`);
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}
