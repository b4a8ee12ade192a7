/** Checks that need two places of study.yaml. Every check looks only at sections that are right by themselves. */
import { membersOf, offeredTo } from '../benchmarks/names.ts';
import { isBenchmarkFile } from '../benchmarks/own/read-definition.ts';
import { DOMAINS } from '../domains/domains.ts';
import { TASK_WORDS, withoutPrefix } from '../procedural/select.ts';
import { findStrategy, STRATEGY_NAMES } from '../strategies/index.ts';
import { meantNames } from '../text/known-name.ts';
import { longForm, stageSteps, stagesOf, strategyOf } from './arms.ts';
import { checkMixtureName, checkMixtures } from './check-mixtures.ts';
import type { Diagnostic } from './diagnostics.ts';
import { didYouMean } from './issue-text.ts';
import { parseArm, parseSection } from './schema.ts';
import type { ArmSection, Study } from './study.ts';

type Raw = Partial<Readonly<Record<keyof Study, unknown>>>;
type Path = readonly PropertyKey[];

/** Problems between sections. */
export function checkStudy(raw: Raw): readonly Diagnostic[] {
  return [
    ...checkSources(raw.sources),
    ...duplicates(['seeds'], parseSection('seeds', raw.seeds) ?? []),
    ...checkMixtures(raw.mixtures, raw.sources),
    ...checkTraining(raw),
    ...checkArms(raw),
    ...checkBenchmarks(raw),
  ];
}

const OF_HUB = ['dataset', 'config', 'split', 'files', 'revision'] as const;
const OF_TASKS = ['levels', 'rows', 'seed', 'layout'] as const;
const OF_SAMPLES = ['benchmarks', 'outcomes', 'test_items'] as const;

/** Which keys mean nothing beside the one that says what kind of source it is. */
const KEYS_BESIDE = {
  procedural: [...OF_HUB, 'file', 'samples', ...OF_SAMPLES, 'format', 'columns', 'limit'],
  samples: [...OF_HUB, 'file', ...OF_TASKS, 'format', 'columns'],
  file: [...OF_HUB, ...OF_TASKS, ...OF_SAMPLES],
  dataset: [...OF_TASKS, ...OF_SAMPLES],
} as const;

/** Problems between the keys of a source. `sources`: the section as it stands in the file. */
export function checkSources(sources: unknown): Diagnostic[] {
  return entriesOf(sources).flatMap(([name, value]): Diagnostic[] => {
    const source = parseSection('sources', { [name]: value })?.[name];
    if (!source) return [];
    const path = ['sources', name];
    const kind = (['procedural', 'samples', 'file', 'dataset'] as const).find(
      (key) => source[key] !== undefined,
    );
    if (kind === undefined) return [{ path, what: 'needs a dataset, a file, procedural or samples' }];
    const odd = KEYS_BESIDE[kind]
      .filter((key) => source[key] !== undefined)
      .map((key) => ({ path: [...path, key], atKey: true, what: `does not go with ${kind}` }));
    const unknown = (source.procedural ?? []).flatMap((word, index) =>
      TASK_WORDS.includes(withoutPrefix(word))
        ? []
        : [
            {
              path: [...path, 'procedural', index],
              what: `there is no procedural task ${word}`,
              hint: didYouMean(withoutPrefix(word), TASK_WORDS),
            },
          ],
    );
    return [...odd, ...unknown];
  });
}

function checkTraining(raw: Raw): Diagnostic[] {
  const training = parseSection('training', raw.training);
  const budget = parseSection('budget', raw.budget);
  const found: Diagnostic[] = duplicates(['training', 'targets'], training?.targets ?? []);
  if (training?.method === 'full') {
    for (const key of ['rank', 'alpha', 'targets'] as const) {
      if (training[key] === undefined) continue;
      found.push({
        path: ['training', key],
        atKey: true,
        what: 'only LoRA has it, but method is full',
        hint: 'remove it, or write method: lora',
      });
    }
  }
  if (training && budget && budget.supervised_tokens < training.steps) {
    found.push({
      path: ['training', 'steps'],
      what: `${training.steps} optimizer steps for ${budget.supervised_tokens} supervised tokens leave less than one token a step`,
    });
  }
  return found;
}

function checkArms(raw: Raw): Diagnostic[] {
  if (!Array.isArray(raw.arms)) return [];
  const entries = raw.arms.map((value: unknown, index) => ({
    path: ['arms', index] as Path,
    value,
    arm: typeof value === 'string' ? longForm(value) : parseArm(value),
  }));
  const found = entries.flatMap(({ path, value, arm }) =>
    arm ? checkArm(raw, path, arm) : checkBrokenArm(raw, path, value),
  );
  found.push(
    ...duplicates(
      ['arms'],
      entries.map(({ arm }) => arm?.name),
    ),
  );
  const broken = entries.some(({ arm }) => arm === undefined);
  const base = entries.find(({ arm }) => arm && strategyOf(arm)?.name === 'base' && !arm.from);
  if (!base && !broken) {
    found.push({
      path: ['arms'],
      atKey: true,
      what: 'no arm is the untouched model',
      hint: 'add base to the list',
    });
  }
  const trained = entries.map(({ arm, value }) => trainedName(arm, value)).find((name) => name !== undefined);
  for (const section of ['training', 'budget', 'sources'] as const) {
    if (trained !== undefined && raw[section] === undefined) {
      found.push({ path: [section], what: `missing; the arm ${trained} is trained and needs it` });
    }
  }
  return found;
}

/** The name of an arm that is trained, as far as can be told of one with mistakes; undefined for others. */
function trainedName(arm: ArmSection | undefined, value: unknown): string | undefined {
  if (arm) return stagesOf(arm).length > 0 ? arm.name : undefined;
  const { name, stages } = (value ?? {}) as { name?: unknown; stages?: unknown };
  return Array.isArray(stages) && stages.length > 0 && typeof name === 'string' ? name : undefined;
}

function checkArm(raw: Raw, path: Path, arm: ArmSection): Diagnostic[] {
  const found: Diagnostic[] = [];
  const short = typeof (raw.arms as unknown[])[Number(path[1])] === 'string';
  const at = (key: string): Path => (short ? path : [...path, key]);
  if (arm.strategy !== undefined && !findStrategy(arm.strategy)) {
    found.push({
      path: at('strategy'),
      what: `there is no strategy ${arm.strategy}`,
      hint: didYouMean(arm.strategy, STRATEGY_NAMES),
    });
  } else if (arm.strategy !== undefined && arm.stages) {
    found.push({
      path: at('stages'),
      atKey: true,
      what: 'an arm has a strategy or stages of its own, not both',
    });
  } else if (!arm.stages && !strategyOf(arm)) {
    found.push({ path, what: `needs a strategy or stages`, hint: didYouMean(arm.name, STRATEGY_NAMES) });
  }
  if (arm.name === 'base' && (arm.stages || arm.from || strategyOf(arm)?.name !== 'base')) {
    found.push({
      path: at('name'),
      what: 'base is the name of the untouched model; call this arm otherwise',
    });
  }
  found.push(...checkMatching(raw, path, arm), ...checkStages(raw, path, arm));
  return found;
}

/** An arm whose compute cannot be equal must say so itself: nobody may read it as matched. */
function checkMatching(raw: Raw, path: Path, arm: ArmSection): Diagnostic[] {
  const match = parseSection('match', raw.match);
  if (!arm.from || match !== 'supervised_tokens' || arm.matched === false) return [];
  return [
    {
      path: [...path, arm.matched ? 'matched' : 'from'],
      what: 'cannot be compute-matched: how many tokens that model has already seen is unknown',
      hint: 'add matched: false to this arm, or write match: none for the whole study',
    },
  ];
}

function checkStages(raw: Raw, path: Path, arm: ArmSection): Diagnostic[] {
  const stages = stagesOf(arm);
  const found = stages.flatMap((stage, index) =>
    checkMix(
      raw,
      arm.stages ? [...path, 'stages', index, 'mix'] : path,
      stage.mix,
      arm.stages ? '' : arm.name,
    ),
  );
  const sum = stages.reduce((total, stage) => total + stage.share, 0);
  if (arm.stages && Math.abs(sum - 1) > 1e-6) {
    found.push({
      path: [...path, 'stages'],
      atKey: true,
      what: `the shares sum to ${Number(sum.toFixed(6))}, not 1, so this arm could not be compute-matched`,
    });
  }
  const steps = parseSection('training', raw.training)?.steps;
  if (steps !== undefined && stageSteps(stages, steps).some(({ from, to }) => to <= from)) {
    found.push({
      path: arm.stages ? [...path, 'stages'] : path,
      atKey: arm.stages !== undefined,
      what: `${steps} optimizer steps are too few for ${stages.length} stages`,
      hint: 'raise training.steps',
    });
  }
  return found;
}

/** `strategy`: the built-in strategy that asks for the sources, empty when the file itself names them. */
function checkMix(raw: Raw, path: Path, mix: unknown, strategy: string): Diagnostic[] {
  if (typeof mix === 'string') return checkMixtureName(mix, raw, path);
  const known = entriesOf(raw.sources).map(([name]) => name);
  const wanted = entriesOf(mix).map(([name]) => name);
  if (wanted.length === 0) return [{ path, what: 'names no source' }];
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) =>
      strategy
        ? { path, what: `${strategy} needs a source called ${name}`, hint: `add ${name}: under sources` }
        : {
            path: [...path, name],
            atKey: true,
            what: `there is no source ${name}`,
            hint: didYouMean(name, known),
          },
    );
}

/** An arm with some wrong value: its mixtures can still be checked. */
function checkBrokenArm(raw: Raw, path: Path, value: unknown): Diagnostic[] {
  const { stages } = (value ?? {}) as { stages?: unknown };
  if (!Array.isArray(stages)) return [];
  return stages.flatMap((stage: { mix?: unknown } | null, index) =>
    stage?.mix ? checkMix(raw, [...path, 'stages', index, 'mix'], stage.mix, '') : [],
  );
}

/** Keys and values of a map in the file; empty for anything else. */
function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function checkBenchmarks(raw: Raw): Diagnostic[] {
  const evaluation = raw.evaluation;
  const names: unknown = (evaluation as { benchmarks?: unknown } | null | undefined)?.benchmarks;
  if (!Array.isArray(names)) return [];
  const path = ['evaluation', 'benchmarks'];
  const unknown = names.flatMap((name: unknown, index) =>
    typeof name !== 'string' || isBenchmarkFile(name) || membersOf(name) !== null
      ? []
      : [{ path: [...path, index], what: `there is no benchmark ${name}`, hint: meantBenchmark(name) }],
  );
  return [...unknown, ...duplicates(path, names), ...checkLimits(evaluation, names)];
}

function meantBenchmark(name: string): string {
  const meant = meantNames(name, offeredTo(name));
  return meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : '`carryover benchmarks` lists all';
}

/** A limit is for a benchmark of the list or a group of them, or for a domain. */
function checkLimits(evaluation: unknown, names: readonly unknown[]): Diagnostic[] {
  const given = names.filter((name) => typeof name === 'string');
  const known = [...DOMAINS, ...given, ...given.flatMap((name) => membersOf(name) ?? [])];
  return entriesOf((evaluation as { limits?: unknown }).limits)
    .filter(([name]) => !known.includes(name))
    .map(([name]) => ({
      path: ['evaluation', 'limits', name],
      atKey: true,
      what: `${name} is no domain and no benchmark of this study`,
      hint: didYouMean(name, [...DOMAINS, ...given]),
    }));
}

function duplicates(path: Path, values: readonly unknown[]): Diagnostic[] {
  return values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) < index
      ? [{ path: [...path, index], what: `${String(value)} is there twice` }]
      : [],
  );
}
