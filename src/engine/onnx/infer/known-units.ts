/**
 * Whether the caller has every result of a unit (`AskOptions.known`), so that it need not be computed. One that lacks a
 * single result is computed whole.
 */
export function allKnown(
  known: ReadonlySet<string> | undefined,
  unit: readonly { readonly request: { readonly id: string } }[],
): boolean {
  return known !== undefined && unit.every(({ request }) => known.has(request.id));
}
