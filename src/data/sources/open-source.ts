/** A training source made ready to read, whatever kind it is. */
import type { SourceSpec } from '../source-spec.ts';
import { type OpenSource, type OpenSourceOptions, openFiles } from './open-files.ts';
import { openProcedural } from './procedural-source.ts';
import { openSamples } from './samples-source.ts';

export type { OpenSource } from './open-files.ts';

/** Finds the files (and fetches them where needed). Throws UserError when they cannot be had. */
export async function openSource(spec: SourceSpec, options: OpenSourceOptions = {}): Promise<OpenSource> {
  if ('procedural' in spec) return openProcedural(spec);
  if ('samples' in spec) return openSamples(spec, options);
  return openFiles(spec, options);
}
