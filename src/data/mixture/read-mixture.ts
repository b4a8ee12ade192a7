/** Reads a mixture file: every problem at once, each with the line it is about. */
import { dirname } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import { fileStat, readText } from '../../platform/files.ts';
import { studyPath } from '../../platform/package-folder.ts';
import { checkSources } from '../../study/check-study.ts';
import type { Diagnostic } from '../../study/diagnostics.ts';
import { describeIssue } from '../../study/issue-text.ts';
import { keysOf } from '../../study/known-keys.ts';
import { nameSchema, sourceSchema } from '../../study/schema.ts';
import { sourceSpec } from '../../study/sources.ts';
import { parseYaml } from '../../study/yaml-file.ts';
import { refuseOtherKind } from '../../study/yaml-kinds.ts';
import { DEDUP_MODES } from '../overlap/screen.ts';
import { DATA_ENDINGS } from '../sources/read-rows.ts';
import { checkMixture, namedSources } from './check-mixture.ts';
import type { MixtureData } from './mixed-stage.ts';
import type { Mixture } from './mixture.ts';
import { mixtureShape } from './mixture-schema.ts';
import { needsSizes } from './settle-mixture.ts';

const schema = z.strictObject({
  sources: z.record(nameSchema, sourceSchema),
  tokens: z.int().min(1).optional(),
  dedup: z.enum(DEDUP_MODES).optional(),
  ...mixtureShape,
});

const KIND = { noun: 'mixture', needs: 'sources', example: studyPath('mixture.yaml') } as const;

/** What the name of a mixture file ends in. */
export const isMixtureFile = (path: string): boolean => /\.ya?ml$/i.test(path);

/** Larger files are data or models, given by mistake. */
const MOST_BYTES = 10_000_000;

/** Throws UserError when there is no such file, and with every problem of its text. */
export async function readMixture(path: string): Promise<MixtureData> {
  const found = await fileStat(path);
  if (found && DATA_ENDINGS.some((ending) => path.endsWith(ending)))
    throw new UserError('this is a data file, not a mixture', {
      place: { file: path },
      remedy: `See what it gives: carryover data receipt ${path}. A mixture names sources and their weights: ${KIND.example}.`,
    });
  if (!found || found.folder || found.size > MOST_BYTES) {
    const what = found?.folder ? 'this is a folder, not a mixture file' : 'there is no such mixture file';
    throw new UserError(found && !found.folder ? 'this is no mixture file: it is too large' : what, {
      place: { file: path },
      remedy: `Give the path of a mixture, such as ${KIND.example}.`,
    });
  }
  return parseMixture(path, await readText(path));
}

/** As `readMixture`, of a text; paths of its sources start at the folder of `file`. */
export function parseMixture(file: string, text: string): MixtureData {
  return parseYaml<MixtureData>(file, text, KIND, (raw, valueAt) => {
    refuseOtherKind(raw, file, 'mixture');
    const { data, error } = schema.safeParse(raw);
    if (!data) {
      const knownKeys = (path: readonly PropertyKey[]): readonly string[] => keysOf(schema, path);
      const wrong = error.issues.flatMap((issue) => describeIssue(issue, { valueAt, knownKeys }));
      return { diagnostics: wrong };
    }
    const { sources, tokens, dedup, ...mixture } = data;
    const names = Object.keys(sources);
    const diagnostics = [
      ...checkSources(sources),
      ...(names.length === 0 ? [{ path: ['sources'], atKey: true, what: 'names no source' }] : []),
      ...checkMixture(mixture, [], names, names),
      ...unused(mixture, names),
    ];
    const specs = Object.entries(sources).map(([name, source]) => [
      name,
      sourceSpec(source, mixture.epochs?.[name] ?? 1),
    ]);
    const value: MixtureData = {
      sources: Object.fromEntries(specs) as MixtureData['sources'],
      mixture,
      ...(tokens === undefined ? {} : { tokens }),
      ...(dedup === undefined ? {} : { dedup }),
      baseFolder: dirname(file),
    };
    return { value: diagnostics.length === 0 ? value : undefined, diagnostics };
  }).value;
}

/** Sources that no weight and no floor names: a forgotten one would be missing without a word. */
function unused(mixture: Mixture, names: readonly string[]): Diagnostic[] {
  if (needsSizes(mixture)) return [];
  const used = namedSources(mixture);
  return names
    .filter((name) => !used.includes(name))
    .map((name) => ({
      path: ['sources', name],
      atKey: true,
      what: 'is never used',
      hint: 'give it a weight (0 at some points of a schedule), a share in at_least, or remove it',
    }));
}
