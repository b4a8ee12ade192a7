/** Checks of a mixture that need two of its values, or the sources it is of. */
import type { Diagnostic } from '../../study/diagnostics.ts';
import { didYouMean } from '../../study/issue-text.ts';
import { type BySource, type Mixture, rulesOf } from './mixture.ts';
import { settleMixture } from './settle-mixture.ts';

type Path = readonly PropertyKey[];

/** Problems of a mixture at `path` of its file. `known`: every source there is; `names`: those it is of. */
export function checkMixture(
  mixture: Mixture,
  path: Path,
  known: readonly string[],
  names: readonly string[],
): readonly Diagnostic[] {
  const found = [
    ...checkRules(mixture, path),
    ...sourceMaps(mixture, path).flatMap(([at, map]) =>
      Object.keys(map)
        .filter((name) => !known.includes(name))
        .map((name) => ({
          path: [...at, name],
          atKey: true,
          what: `there is no source ${name}`,
          hint: didYouMean(name, known),
        })),
    ),
    ...Object.entries(mixture.at_least ?? {})
      .filter(([name, least]) => least > (mixture.at_most?.[name] ?? 1))
      .map(([name, least]) => ({
        path: [...path, 'at_least', name],
        what: `${least} is more than at_most allows (${mixture.at_most?.[name]})`,
      })),
  ];
  return found.length > 0 || names.length === 0 ? found : checkBounds(mixture, path, names);
}

/** The sources that a mixture names, in the order of their names. */
export function namedSources(mixture: Mixture): string[] {
  const maps = [...rulesOf(mixture).map(({ weights = {} }) => weights), mixture.at_least ?? {}];
  const names = maps.flatMap((map) => Object.keys(map).filter((name) => map[name]! > 0));
  return [...new Set(names)].sort();
}

function sourceMaps(mixture: Mixture, path: Path): [Path, BySource][] {
  const { weights, at_least, at_most, epochs, schedule = [] } = mixture;
  const maps: [Path, BySource | undefined][] = [
    [[...path, 'weights'], weights],
    ...schedule.map((point, at): [Path, BySource | undefined] => [
      [...path, 'schedule', at, 'weights'],
      point.weights,
    ]),
    [[...path, 'at_least'], at_least],
    [[...path, 'at_most'], at_most],
    [[...path, 'epochs'], epochs],
  ];
  return maps.flatMap(([at, map]) => (map ? [[at, map]] : []));
}

function checkRules(mixture: Mixture, path: Path): Diagnostic[] {
  const { weights, temperature, schedule } = mixture;
  const found: Diagnostic[] = [];
  const rules = Object.entries({ weights, temperature, schedule }).filter(([, rule]) => rule !== undefined);
  if (rules.length > 1) {
    found.push({
      path: [...path, rules[1]![0]],
      atKey: true,
      what: `${rules.map(([key]) => key).join(' and ')} both say what the shares are`,
      hint: 'keep one of them',
    });
  }
  if (weights) found.push(...checkWeights(weights, [...path, 'weights']));
  for (const [index, point] of (schedule ?? []).entries()) {
    const at = [...path, 'schedule', index];
    const [before, last] = [schedule?.[index - 2]?.at, schedule?.[index - 1]?.at];
    if ((point.weights === undefined) === (point.temperature === undefined))
      found.push({ path: at, what: 'needs one of weights and temperature' });
    if (point.weights) found.push(...checkWeights(point.weights, [...at, 'weights']));
    if (last !== undefined && point.at < last)
      found.push({ path: [...at, 'at'], what: `${point.at} comes after ${last}; the points go from 0 to 1` });
    if (before !== undefined && point.at === before)
      found.push({
        path: [...at, 'at'],
        what: `a third point at ${point.at}; two make a step, from the first to the second`,
      });
  }
  return found;
}

function checkWeights(weights: BySource, path: Path): Diagnostic[] {
  return Object.values(weights).some((weight) => weight > 0)
    ? []
    : [{ path, what: 'needs a weight above 0' }];
}

/** Whether there are shares within the bounds at every moment; that does not depend on the sizes of the sources. */
function checkBounds(mixture: Mixture, path: Path, names: readonly string[]): Diagnostic[] {
  const sizes = Object.fromEntries(names.map((name) => [name, 1]));
  if (settleMixture(mixture, names, sizes)) return [];
  const floors = names.reduce((sum, name) => sum + (mixture.at_least?.[name] ?? 0), 0);
  if (floors > 1)
    return [
      {
        path: [...path, 'at_least'],
        atKey: true,
        what: `the least shares sum to ${Number(floors.toFixed(6))}, more than 1`,
      },
    ];
  return [
    {
      path: [...path, 'at_most'],
      atKey: true,
      what: 'leaves a share of the tokens that no source may take',
      hint: 'raise it, or give another source a weight',
    },
  ];
}
