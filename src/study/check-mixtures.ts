/** Checks of the mixtures of a study, and of the stages that name one. */
import { checkMixture } from '../data/mixture/check-mixture.ts';
import type { Diagnostic } from './diagnostics.ts';
import { didYouMean } from './issue-text.ts';
import { mixtureSources } from './mixtures.ts';
import { parseSection } from './schema.ts';

const keysOf = (section: unknown): string[] =>
  typeof section === 'object' && section !== null && !Array.isArray(section) ? Object.keys(section) : [];

/** `mixtures` and `sources`: the sections as they stand in the file. */
export function checkMixtures(mixtures: unknown, sources: unknown): Diagnostic[] {
  const all = keysOf(sources);
  return keysOf(mixtures).flatMap((name): readonly Diagnostic[] => {
    const mixture = parseSection('mixtures', { [name]: Reflect.get(mixtures as object, name) })?.[name];
    if (!mixture) return [];
    const path = ['mixtures', name];
    const unknown = (mixture.sources ?? []).flatMap((source, index) =>
      all.includes(source)
        ? []
        : [
            {
              path: [...path, 'sources', index],
              what: `there is no source ${source}`,
              hint: didYouMean(source, all),
            },
          ],
    );
    const known = mixture.sources?.filter((source) => all.includes(source)) ?? all;
    const names = mixtureSources(mixture, all).filter((source) => known.includes(source));
    return [...unknown, ...checkMixture(mixture, path, known, names)];
  });
}

/** A stage that names the mixture `name`. `mixtures` and `sources`: the sections as they stand in the file. */
export function checkMixtureName(
  name: string,
  { mixtures, sources }: { readonly mixtures?: unknown; readonly sources?: unknown },
  path: readonly PropertyKey[],
): Diagnostic[] {
  const known = keysOf(mixtures);
  if (known.includes(name)) return [];
  if (keysOf(sources).includes(name))
    return [{ path, what: `${name} is a source, not a mixture`, hint: `write mix: { ${name}: 1 }` }];
  const hint = didYouMean(name, known) ?? 'write weights by source here, or the mixture under mixtures:';
  return [{ path, what: `there is no mixture ${name}`, hint }];
}
