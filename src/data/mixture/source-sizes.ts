/** How many supervised tokens sources hold: every row is rendered, for a sample could not be met exactly. */
import { sleep } from '../../platform/clock.ts';
import { loadSources } from '../load-sources.ts';
import { trainingTemplate } from '../render/stand-in-template.ts';
import type { StageSpec, StageTools } from '../stage.ts';
import type { BySource } from './mixture.ts';

/** Rows between two looks at the signal. */
const PAUSE_EVERY = 64;

/**
 * Supervised tokens of one epoch of each of the sources `names`, one after another as they are declared: of the rows
 * that a stage of this `rowLength` would take. Progress is in rows. Throws UserError for data that cannot be had or
 * used. `onSource`: whose turn it is; sources declared before may have to be read too.
 */
export async function* sourceSizes(
  spec: Pick<
    StageSpec,
    'sources' | 'declared' | 'rowLength' | 'overlong' | 'trainOn' | 'baseFolder' | 'screen'
  >,
  names: readonly string[],
  tools: StageTools,
  onSource: (source: string) => void = () => {},
): AsyncGenerator<readonly [source: string, tokens: number]> {
  const template = trainingTemplate(tools.tokenizer, tools.chatTemplate, tools.eosTokens);
  const note = (name: string): string => `counting the tokens of ${name}`;
  const reading = (name: string): void => {
    onSource(name);
    tools.onProgress?.({ unit: 'rows', done: 0, total: 0, note: note(name) });
  };
  for await (const loaded of loadSources(spec, names, tools, template, reading)) {
    let size = 0;
    try {
      for (let index = 0; index < loaded.size; index++) {
        if (index % PAUSE_EVERY === 0) {
          tools.onProgress?.({ unit: 'rows', done: index, total: loaded.size, note: note(loaded.name) });
          await sleep(0, tools.signal);
        }
        for (const { learns } of loaded.examples(index, false)) size += learns;
      }
    } finally {
      // Before anyone is told: whoever takes the last size does not come back.
      loaded.close();
    }
    yield [loaded.name, size];
  }
}

/** As `sourceSizes`, all of them. */
export async function allSizes(...of: Parameters<typeof sourceSizes>): Promise<BySource> {
  const sizes: Record<string, number> = {};
  for await (const [source, tokens] of sourceSizes(...of)) sizes[source] = tokens;
  return sizes;
}
