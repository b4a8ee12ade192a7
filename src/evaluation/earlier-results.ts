/**
 * What earlier evaluations have left in an output folder. Samples and `results.json` of a folder always speak of one
 * model under one set of settings: otherwise a comparison would take the samples of one for those of another.
 */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { exists, move, readText, remove, sha256 } from '../platform/files.ts';
import { canonicalJson } from '../text/canonical-json.ts';
import { counted } from '../text/counts.ts';
import { limitText } from './item-limit.ts';
import type { EvaluationResults } from './results.ts';
import { sampleFiles } from './sample-files.ts';

type Settings = EvaluationResults['settings'];

/** `superseded`: results under other settings that were put aside. */
export interface Earlier extends Pick<EvaluationResults, 'benchmarks' | 'asked'> {
  readonly skipped: Readonly<Record<string, string>>;
  readonly superseded?: { readonly folder: string; readonly what: string };
}

/**
 * The summaries that stay in `out` beside those of `benchmarks`, by name, the evaluations noted there, and what they
 * skipped. Throws UserError when there are results that cannot stay: of another model, or under other settings and not all asked for
 * again. Where all are asked for again, those under other settings go into a folder of their own with their samples.
 * Samples that no results describe (of an evaluation that was broken off, maybe of another model) are removed, those of
 * `benchmarks` too; their answers stay, so they cost no model when asked for again.
 */
export async function keepEarlier(
  out: string,
  settings: Settings,
  benchmarks: readonly string[],
): Promise<Earlier> {
  const file = join(out, 'results.json');
  const earlier = await readResults(file);
  const others = Object.entries(earlier?.benchmarks ?? {}).filter(([name]) => !benchmarks.includes(name));
  let superseded: Earlier['superseded'];
  const same = earlier !== undefined && canonicalJson(earlier.settings) === canonicalJson(settings);
  if (earlier && !same) {
    refuseMixture(
      out,
      earlier,
      settings,
      others.map(([name]) => name),
    );
    superseded = {
      folder: await putAside(out, file, Object.keys(earlier.benchmarks)),
      what: settingsText(earlier.settings),
    };
  }
  const described = new Set(same ? Object.keys(earlier.benchmarks) : []);
  for (const file of await sampleFiles(join(out, 'samples'))) {
    if (!described.has(file.replace(/\.jsonl$/, ''))) await remove(join(out, 'samples', file));
  }
  // Results of older versions do not say what was asked together.
  const skipped = Object.entries((same && earlier.skipped) || {}).filter(
    ([name]) => !benchmarks.includes(name),
  );
  return {
    benchmarks: Object.fromEntries(others),
    asked: earlier?.asked ?? [],
    skipped: Object.fromEntries(skipped),
    ...(superseded ? { superseded } : {}),
  };
}

/**
 * Moves results and their samples to a folder named by what they are. The results go last: killed before, the next start
 * goes on with it.
 */
async function putAside(out: string, results: string, names: readonly string[]): Promise<string> {
  const folder = join(out, '.superseded', sha256(await readText(results)).slice(0, 12));
  for (const name of names) {
    const samples = join('samples', `${name}.jsonl`);
    if (await exists(join(out, samples))) await move(join(out, samples), join(folder, samples));
  }
  await move(results, join(folder, 'results.json'));
  return folder;
}

/** What a person chose, for people. */
function settingsText(settings: Settings): string {
  const { limit, limits, samples, sampling } = settings;
  return [
    limitText(limit, limits) ?? 'every item',
    ...templateText(settings),
    ...(samples === undefined ? [] : [`${counted(samples, 'drawn answer')} each`]),
    ...(sampling === undefined ? [] : [`temperature ${sampling.temperature}`]),
  ].join(', ');
}

/** Without the template in its prompts a model still ends where a template by name says. */
function templateText({ chat_template, template }: Settings): string[] {
  if (template !== undefined)
    return [chat_template ? `chat template ${template}` : `answers end as in ${template}`];
  return chat_template ? ['chat template'] : [];
}

/** The model whatever template it was opened with. */
const modelOf = ({ fingerprint, own_fingerprint }: Settings): string => own_fingerprint ?? fingerprint;

async function readResults(file: string): Promise<EvaluationResults | undefined> {
  if (!(await exists(file))) return undefined;
  const foreign = (cause?: unknown): UserError =>
    new UserError('This file is none that an evaluation has written.', {
      place: { file },
      remedy: 'Choose another folder.',
      cause,
    });
  let found: Partial<EvaluationResults> | null;
  try {
    found = JSON.parse(await readText(file)) as typeof found;
  } catch (cause) {
    throw foreign(cause);
  }
  if (!found?.settings || !found.benchmarks) throw foreign();
  return found as EvaluationResults;
}

function refuseMixture(
  out: string,
  earlier: EvaluationResults,
  settings: Settings,
  others: readonly string[],
): void {
  if (modelOf(earlier.settings) !== modelOf(settings)) {
    throw new UserError(`--out ${out} holds the results of another model (${earlier.model})`, {
      remedy: 'Choose another folder, or remove this one.',
    });
  }
  if (others.length > 0) {
    throw new UserError(
      `--out ${out} holds results with other settings (${settingsText(earlier.settings)}): ${others.join(', ')}`,
      { remedy: 'Choose another folder, or ask for these benchmarks again as well.' },
    );
  }
}
