/** What a run's copy of its study says of model and data: enough to look at its data again. */
import { join } from 'node:path';
import type { ModelRef } from '../checkpoint/model-ref.ts';
import type { SourceSpec } from '../data/source-spec.ts';
import { UserError } from '../errors.ts';
import { exists, readText } from '../platform/files.ts';
import { modelRef } from './facts.ts';
import { parseStudyText } from './read-study.ts';
import { sourceSpecs } from './sources.ts';

export interface RunSources {
  /** Undefined where the study names no model: it was given on the command line. */
  readonly model: ModelRef | undefined;
  readonly sources: Readonly<Record<string, SourceSpec>>;
  /** Why the study cannot be read by this version; then there are no sources. */
  readonly problem?: string;
}

/** Null where the run has no study. */
export async function runSources(runFolder: string): Promise<RunSources | null> {
  const file = join(runFolder, 'study.yaml');
  if (!(await exists(file))) return null;
  try {
    const { study } = parseStudyText(file, await readText(file));
    const model = study.model === undefined ? undefined : modelRef(study.model, study.training?.template);
    return { model, sources: sourceSpecs(study) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { model: undefined, sources: {}, problem: String(error) };
  }
}
