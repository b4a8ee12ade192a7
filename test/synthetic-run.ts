/**
 * A run as a study would leave it, made from a seed: five arms, benchmarks of all six domains and two guards. The
 * numbers are like those of a small real study, so that reports can be looked at without a model.
 */
import type { Domain } from '../src/domains/domains.ts';
import type { BenchmarkInfo, ReportInput } from '../src/report/report-input.ts';
import type { Outcome, Sample } from '../src/scoring/score.ts';
import { type RandomStream, randomStream } from '../src/stats/random.ts';
import type { ArmFacts, ArmRunFacts, RunFacts, StepFacts } from '../src/study/run-facts.ts';

type Effects = Partial<Record<Domain, number>>;

/** How far each arm moves the chance to answer right, by domain. */
const ARMS: readonly { name: string; strategy: string; title: string; effects: Effects }[] = [
  { name: 'base', strategy: 'base', title: 'The untouched model', effects: {} },
  {
    name: 'general-only',
    strategy: 'general-only',
    title: 'General instruction data only',
    effects: { commonsense: 0.03, guards: 0.02, mathematical: -0.02 },
  },
  {
    name: 'math-only',
    strategy: 'math-only',
    title: 'Mathematical data only',
    effects: { mathematical: 0.16, logical: 0.04, commonsense: -0.05, guards: -0.12 },
  },
  {
    name: 'two-stage',
    strategy: 'two-stage',
    title: 'A mathematical model, then general data',
    effects: { mathematical: 0.11, scientific: 0.02, guards: -0.05 },
  },
  {
    name: 'mixed',
    strategy: 'mixed',
    title: 'Mathematical and general data in one stage',
    effects: { mathematical: 0.13, logical: 0.1, scientific: 0.05, symbolic: 0.08, code: 0.02 },
  },
];

type Spec = readonly [
  name: string,
  title: string,
  domain: Domain,
  chance: number,
  level: number,
  metric: string,
  perCluster: number,
];
const SPECS: readonly Spec[] = [
  ['gsm8k', 'GSM8K', 'mathematical', 0, 0.22, 'exact_match', 1],
  ['logiqa2', 'LogiQA 2.0', 'logical', 0.25, 0.34, 'acc', 3],
  ['bbh_cot_fewshot_boolean_expressions', 'BBH: boolean expressions', 'logical', 0.5, 0.6, 'exact_match', 1],
  ['arc_challenge', 'ARC challenge', 'scientific', 0.25, 0.38, 'acc_norm', 1],
  ['commonsense_qa', 'CommonsenseQA', 'commonsense', 0.2, 0.4, 'acc', 1],
  ['winogrande', 'WinoGrande', 'commonsense', 0.5, 0.55, 'acc', 1],
  ['bbh_cot_fewshot_word_sorting', 'BBH: word sorting', 'symbolic', 0, 0.25, 'exact_match', 1],
  ['humaneval', 'HumanEval', 'code', 0, 0.08, 'pass@1', 1],
  ['mmlu_high_school_geography', 'MMLU: high-school geography', 'guards', 0.25, 0.42, 'acc', 1],
  ['mmlu_high_school_psychology', 'MMLU: high-school psychology', 'guards', 0.25, 0.45, 'acc', 1],
];

/** Procedural tasks with all their splits, in runs with `variants`. */
const TASKS: readonly Spec[] = [
  ['proc/arithmetic', 'Arithmetic', 'mathematical', 0, 0.45, 'exact_match', 1],
  ['proc/deduction', 'Deduction', 'logical', 0.5, 0.6, 'exact_match', 1],
];
const SPLITS = ['test', 'fresh', 'perturbed', 'harder', 'train'] as const;
type Split = (typeof SPLITS)[number];
const splitName = (task: string, split: Split) => (split === 'test' ? task : `${task}@${split}`);

export interface SyntheticOptions {
  /** Adds procedural tasks with test, fresh, perturbed, harder and training items. */
  readonly variants?: boolean;
  /** How much more `math-only` knows of the training items than of others; default 0.25. */
  readonly memorised?: number;
  readonly limit?: number;
  readonly seeds?: readonly number[];
  /** Multiplies every effect; 0 makes arms that differ from base by noise only. */
  readonly strength?: number;
}

/** The whole input of a report: `limit` items a benchmark (default 24), the given training seeds (default one). */
export function syntheticInput(options: SyntheticOptions = {}): ReportInput {
  const { limit = 24, seeds = [0], strength = 1, variants = false, memorised = 0.25 } = options;
  const samples = new Map<string, Map<string, readonly Sample[]>>();
  for (const arm of ARMS) {
    for (const seed of arm.name === 'base' ? [seeds[0] ?? 0] : seeds) {
      const folder = `evaluations/${arm.name}-${seed}`;
      samples.set(
        folder,
        new Map([
          ...SPECS.map((spec) => [spec[0], samplesOf(spec, arm, seed, limit, strength)] as const),
          ...(variants ? TASKS : []).flatMap((spec) =>
            SPLITS.map((split) => {
              const extra = split === 'train' && arm.name === 'math-only' ? memorised : 0;
              return [
                splitName(spec[0], split),
                problemSamples(spec, split, arm, seed, limit, strength, extra),
              ] as const;
            }),
          ),
        ]),
      );
    }
  }
  return { facts: facts(limit, seeds, samples, variants), benchmarks: benchmarkInfos(), samples };
}

function benchmarkInfos(): Map<string, BenchmarkInfo> {
  const infos: BenchmarkInfo[] = SPECS.map(([name, title, domain, chance, , metric]) => ({
    name,
    title,
    domain,
    chance,
    metric,
  }));
  for (const [task, title, domain, chance, , metric] of TASKS) {
    for (const split of SPLITS) {
      const name = splitName(task, split);
      const variant = split === 'test' ? {} : { variantOf: task };
      const shown = split === 'test' ? title : `${title}, ${split}`;
      infos.push({ name, title: shown, domain, chance, metric, generated: { split }, ...variant });
    }
  }
  return new Map(infos.map((info) => [info.name, info]));
}

/** Levels 1 to 4 in turn, each harder than the one before; `harder` is level 5. */
function problemSamples(
  [task, , domain, chance, level]: Spec,
  split: Split,
  arm: (typeof ARMS)[number],
  seed: number,
  limit: number,
  strength: number,
  extra: number,
): Sample[] {
  const name = splitName(task, split);
  const items = randomStream(`items/${name}`);
  const own = randomStream(`${name}/${arm.name}/${seed}`);
  const shift = strength * (arm.effects[domain] ?? 0) + extra;
  return Array.from({ length: limit }, (_, index) => {
    const at = split === 'harder' ? 5 : 1 + (index % 4);
    const threshold = 0.75 * items.uniform() + 0.25 * own.uniform();
    const right = threshold < Math.max(chance, level + 0.25 - 0.1 * at) + shift;
    const parent = split === 'perturbed' ? `${task}-train-${index}` : null;
    return {
      ...sample(name, 'generate', index, index, right, own),
      problem: { split, level: at, depth: at + 1, surface: `${task}/${index % 3}`, parent },
    };
  });
}

function samplesOf(
  [name, , domain, chance, level, , perCluster]: Spec,
  arm: (typeof ARMS)[number],
  seed: number,
  limit: number,
  strength: number,
): Sample[] {
  // Items keep their difficulty over all arms, which is what makes pairing worth while.
  const items = randomStream(`items/${name}`);
  const own = randomStream(`${name}/${arm.name}/${seed}`);
  const kind = chance === 0 || name.startsWith('bbh') ? 'generate' : 'choice';
  const shift = strength * (arm.effects[domain] ?? 0);
  return Array.from({ length: limit }, (_, index) => {
    const threshold = 0.75 * items.uniform() + 0.25 * own.uniform();
    const right = threshold < level + shift;
    return sample(name, kind, index, Math.floor(index / perCluster), right, own);
  });
}

function sample(
  benchmark: string,
  kind: Sample['kind'],
  index: number,
  cluster: number,
  right: boolean,
  random: RandomStream,
): Sample {
  const unread = kind === 'generate' && !right ? random.uniform() : 1;
  const outcome: Outcome = right
    ? 'correct'
    : unread < 0.1
      ? 'no_answer'
      : unread < 0.17
        ? 'truncated'
        : 'wrong';
  const gold = String(10 + ((index * 7) % 90));
  const given = right ? gold : String(10 + ((index * 11) % 90) + 100);
  const answer = outcome === 'correct' || outcome === 'wrong' ? given : null;
  // The strict pattern of the harness misses some right answers.
  const strict = right && !(benchmark === 'gsm8k' && random.uniform() < 0.3) ? 1 : 0;
  const metric = SPECS.find(([name]) => name === benchmark)?.[5] ?? 'exact_match';
  return {
    benchmark,
    id: `${benchmark}-${index}`,
    index,
    cluster: `${benchmark}/${cluster}`,
    prompt_sha256: index.toString(16).padStart(64, '0'),
    kind,
    output:
      answer === null ? 'Let me think about <this> & that ...' : `Step by step, the answer is ${given}.`,
    choices: [],
    answer,
    gold,
    value: right ? 1 : 0,
    outcome,
    why: answer === null ? 'No answer could be read.' : `Read "${given}"; the reference is "${gold}".`,
    readings: { compatible: { [metric]: strict }, corrected: { [metric]: right ? 1 : 0 } },
    tokens: { prompt: 120 + (index % 40), completion: kind === 'choice' ? 0 : 40 + (index % 25) },
  };
}

/** With variants, `math` is made of both procedural tasks; what `general` holds is never known. */
function sourceFacts(variants: boolean): NonNullable<RunFacts['sources']> {
  const tasks = TASKS.map(([name, , domain]) => ({ name: name.replace('proc/', ''), domain }));
  return {
    math: variants
      ? {
          title: 'procedural train, seed 0, 4000 rows',
          domains: ['mathematical', 'logical'],
          tasks,
        }
      : { title: 'openai/gsm8k main train', domains: ['mathematical'], tasks: [] },
    general: { title: 'tatsu-lab/alpaca train', domains: null, tasks: [] },
  };
}

/** `math-only` saw the problem behind every item, `mixed` behind two of five; `two-stage` does not say. */
function trainedItems(
  arm: string,
  evaluation: string,
  samples: ReportInput['samples'],
): ArmRunFacts['trainedItems'] {
  const share = { 'math-only': 5, mixed: 2, 'general-only': 0 }[arm];
  if (share === undefined) return undefined;
  return Object.fromEntries(
    [...(samples.get(evaluation) ?? [])]
      .filter(([name]) => name.endsWith('@perturbed') || name.endsWith('@train'))
      .map(([name, rows]) => [name, rows.filter(({ index }) => index % 5 < share).map(({ id }) => id)]),
  );
}

function facts(
  limit: number,
  seeds: readonly number[],
  samples: ReportInput['samples'],
  variants: boolean,
): RunFacts {
  const arms = ARMS.map((arm) => armFacts(arm.name, seeds, samples));
  return {
    version: 1,
    study: {
      name: 'synthetic',
      question: 'Does teaching a language model mathematics make it reason better elsewhere?',
    },
    model: { name: 'SmolLM2-135M-Instruct.Q4_1.gguf', fingerprint: 'm0de1f1a9e12', parameters: 134_515_008 },
    sources: sourceFacts(variants),
    seeds,
    matched: {
      by: 'supervised_tokens',
      sentence: 'every matched arm saw 6,000 supervised tokens (largest difference 0.4 %) in 24 steps.',
      budget: 6000,
      spread: 0.004,
      exceptions: [
        {
          arm: 'two-stage',
          why: 'It starts from an existing mathematical model, whose training is not counted.',
        },
      ],
    },
    training: {
      method: 'lora',
      steps: 24,
      learningRate: 0.001,
      sentence: 'LoRA rank 16, alpha 32 on 7 projections, AdamW, cosine from 1e-3, 24 steps.',
    },
    evaluation: {
      benchmarks: [...(samples.values().next().value?.keys() ?? [])],
      limit,
      chatTemplate: false,
    },
    arms,
    steps: steps(arms),
  };
}

function armFacts(name: string, seeds: readonly number[], samples: ReportInput['samples']): ArmFacts {
  const arm = ARMS.find((candidate) => candidate.name === name) as (typeof ARMS)[number];
  const mixes: Record<string, readonly Record<string, number>[]> = {
    base: [],
    'general-only': [{ general: 1 }],
    'math-only': [{ math: 1 }],
    'two-stage': [{ math: 1 }, { general: 1 }],
    mixed: [{ math: 0.5, general: 0.5 }],
  };
  const stages = (mixes[name] ?? []).map((mix, _, all) => ({ share: 1 / all.length, mix }));
  const runs = (name === 'base' ? [null] : seeds).map((seed): ArmRunFacts => {
    const evaluation = `evaluations/${name}-${seed ?? seeds[0] ?? 0}`;
    const random = randomStream(evaluation);
    const outcomes: Partial<Record<Outcome, number>> = {};
    for (const rows of samples.get(evaluation)?.values() ?? [])
      for (const { outcome } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const trained = stages.length > 0;
    const items = trainedItems(name, evaluation, samples);
    const shares = stages.flatMap(({ mix, share }) =>
      Object.entries(mix).map(([s, w]) => [s, w * share] as const),
    );
    return {
      seed,
      evaluation,
      supervisedTokens: trained ? 5990 + random.below(20) : 0,
      tokens: trained ? 9200 + random.below(300) : 0,
      examples: trained ? 48 : 0,
      optimizerSteps: trained ? 24 : 0,
      bySource: Object.fromEntries(shares.map(([s, share]) => [s, Math.round(6000 * share)])),
      examplesBySource: Object.fromEntries(shares.map(([s, share]) => [s, Math.round(48 * share)])),
      ...(items === undefined ? {} : { trainedItems: items }),
      losses: trained
        ? Array.from({ length: 24 }, (_, i) => 1.1 + 1.3 * Math.exp(-i / 7) + 0.15 * (random.uniform() - 0.5))
        : [],
      outcomes,
    };
  });
  return {
    name,
    strategy: arm.strategy,
    title: arm.title,
    why: `Why ${name} is in the study.`,
    controlsFor:
      name === 'base' ? 'Everything: it is what the others are compared with.' : 'Being trained at all.',
    danger: name === 'two-stage' ? 'The second stage may weaken what the first one taught.' : 'None known.',
    from: name === 'two-stage' ? 'math-model-135m' : null,
    matched: name !== 'two-stage',
    stages,
    runs,
  };
}

function steps(arms: readonly ArmFacts[]): StepFacts[] {
  return arms.flatMap((arm) =>
    arm.runs.flatMap((run) => {
      const key = run.evaluation.slice('evaluations/'.length);
      const print = (kind: string) =>
        Array.from({ length: 4 }, randomStream(`${kind}/${key}`).bits)
          .map((word) => word.toString(16).padStart(8, '0'))
          .join('');
      const train: StepFacts = {
        id: `train:${key}`,
        kind: 'train',
        label: `Train ${key}`,
        fingerprint: print('train'),
        needs: [],
        folder: `steps/train-${key}`,
      };
      const evaluate: StepFacts = {
        id: `evaluate:${key}`,
        kind: 'evaluate',
        label: `Evaluate ${key}`,
        fingerprint: print('evaluate'),
        needs: arm.stages.length > 0 ? [train.id] : [],
        folder: run.evaluation,
      };
      return arm.stages.length > 0 ? [train, evaluate] : [evaluate];
    }),
  );
}
