/** The sources of a stage, loaded one after another; rows that a source declared before holds are not in a later one. */
import { type LoadedSource, type LoadTools, loadSource, readRowsInto } from './load-source.ts';
import { openScreening, type Screening } from './overlap/screen.ts';
import { sourcesToRead } from './overlap/sources-to-read.ts';
import { noCounts } from './render/render-example.ts';
import type { NamedTemplate } from './render/stand-in-template.ts';
import type { StageSpec } from './stage.ts';

type LoadSpec = Pick<
  StageSpec,
  'sources' | 'declared' | 'rowLength' | 'overlong' | 'trainOn' | 'baseFolder' | 'screen'
>;

/**
 * The sources `names` in the order in which they are declared; they are the caller's to close. Sources before them that
 * may hold their rows first are read over, each once. Throws the errors of `loadSource`.
 */
export async function* loadSources(
  spec: LoadSpec,
  names: readonly string[],
  tools: LoadTools,
  template: NamedTemplate,
  onReading?: (source: string) => void,
): AsyncGenerator<LoadedSource> {
  const declared = spec.declared ?? spec.sources;
  const made = (name: string): boolean => 'procedural' in declared[name]!;
  const read = sourcesToRead(Object.keys(declared), names, made, spec.screen?.dedup ?? 'off');
  // Nothing is looked for in rows that are made: see `screen` of a stage.
  const screening = read.every(made) ? undefined : await screeningOf(spec, tools);
  for (const name of read) {
    onReading?.(name);
    const screen = made(name) ? undefined : screening?.next(name);
    if (names.includes(name))
      yield await loadSource(name, spec.sources[name]!, spec, tools, template, screen);
    else await readRowsInto(undefined, declared[name]!, spec, tools, { counts: noCounts(), screen });
  }
}

async function screeningOf(
  { screen, baseFolder }: LoadSpec,
  { hub, signal }: LoadTools,
): Promise<Screening | undefined> {
  return screen && openScreening(screen, { baseFolder, hub, signal });
}
