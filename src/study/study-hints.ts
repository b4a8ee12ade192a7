/** Problems of a study for which the place of the mistake tells what was meant. */
import type { Diagnostic } from './diagnostics.ts';
import { SOURCE_KEYS } from './schema.ts';

/** `diagnostics` of the shape; `raw`: the file's content. A slip that the schema tells as two problems becomes one. */
export function withStudyHints(diagnostics: readonly Diagnostic[], raw: object): readonly Diagnostic[] {
  const named = diagnostics.filter(isNamedStage).map(({ path }) => stageOf(path));
  return diagnostics
    .filter(({ path }) => !(isStageKey(path, 'mix') && named.includes(stageOf(path)) && missing(raw, path)))
    .map((one) => (isNamedStage(one) ? stageHint(one, raw) : sectionHint(one, raw)));
}

/** Words that people write where a stage has `mix`. */
const FOR_MIX = ['source', 'sources', 'data', 'dataset', 'mixture'];

/** `arms[0].stages[1].KEY`, with KEY one of these. */
function isStageKey(path: readonly PropertyKey[], ...keys: readonly string[]): boolean {
  const [arms, , stages, , key, ...deeper] = path;
  return arms === 'arms' && stages === 'stages' && deeper.length === 0 && keys.includes(String(key));
}

const isNamedStage = ({ path, atKey, what }: Diagnostic): boolean =>
  atKey === true && what === 'unknown key' && isStageKey(path, ...FOR_MIX);

const stageOf = (path: readonly PropertyKey[]): string => path.slice(0, 4).join('.');

function stageHint(one: Diagnostic, raw: object): Diagnostic {
  const value = valueIn(raw, one.path);
  const mix = typeof value === 'string' ? `{ ${value}: 1 }` : '{ NAME: 1 }';
  return { ...one, hint: `write mix: ${mix}, with the weights of the sources` };
}

function sectionHint(one: Diagnostic, raw: object): Diagnostic {
  const { path, what, atKey } = one;
  const [section, key, ...deeper] = path;
  if (section === 'seeds' && key === undefined && typeof valueIn(raw, path) === 'number')
    return { ...one, hint: `write ${seedList(Number(valueIn(raw, path)))}, a list of the seeds themselves` };
  if (section !== 'data' || deeper.length > 0 || !atKey || what !== 'unknown key') return one;
  const value = valueIn(raw, path);
  const isMap = typeof value === 'object' && value !== null;
  if (!isMap && !SOURCE_KEYS.includes(String(key))) return one;
  return { ...one, hint: 'sources stand under sources:, each with a name; data: says how they are cleaned' };
}

/** Seeds up to here are rather a number of them. */
const FEW = 10;

function seedList(given: number): string {
  if (!Number.isInteger(given) || given < 1 || given > FEW) return `[${given}]`;
  return `[${Array.from({ length: given }, (_, at) => at + 1).join(', ')}]`;
}

const missing = (raw: object, path: readonly PropertyKey[]): boolean => valueIn(raw, path) === undefined;

function valueIn(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], raw);
}
