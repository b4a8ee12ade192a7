/** How many supervised tokens sources hold: every row is rendered, for a sample could not be met exactly. */
import { sleep } from '../../platform/clock.ts';
import { loadSource } from '../load-source.ts';
import type { StageSpec, StageTools } from '../stage.ts';
import { trainingTemplate } from '../stand-in-template.ts';
import type { BySource } from './mixture.ts';

/** Rows between two looks at the signal. */
const PAUSE_EVERY = 64;

/**
 * Supervised tokens of one epoch of each of the sources `names`: of the rows that a stage of this `rowLength` would
 * take. Progress is in rows. Throws UserError for data that cannot be had or used.
 */
export async function sourceSizes(
  spec: Pick<StageSpec, 'sources' | 'rowLength' | 'overlong' | 'trainOn' | 'baseFolder' | 'screen'>,
  names: readonly string[],
  tools: StageTools,
): Promise<BySource> {
  const template = trainingTemplate(tools.tokenizer, tools.chatTemplate, tools.eosTokens);
  const sizes: Record<string, number> = {};
  for (const name of names) {
    const note = `counting the tokens of ${name}`;
    tools.onProgress?.({ unit: 'rows', done: 0, total: 0, note });
    const loaded = await loadSource(name, spec.sources[name]!, spec, tools, template);
    try {
      let size = 0;
      for (let index = 0; index < loaded.size; index++) {
        if (index % PAUSE_EVERY === 0) {
          tools.onProgress?.({ unit: 'rows', done: index, total: loaded.size, note });
          await sleep(0, tools.signal);
        }
        size += loaded.example(index, false)?.learns ?? 0;
      }
      sizes[name] = size;
    } finally {
      loaded.close();
    }
  }
  return sizes;
}
