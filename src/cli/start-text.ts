/** What `carryover start` says: before it begins, at its end, and in its help. */
import { BENCHMARKS } from '../benchmarks/index.ts';
import { studyPath } from '../platform/package-folder.ts';
import { planTimes } from '../study/print-plan.ts';
import type { RunAhead } from '../study/run-study.ts';
import { count, counted, listed } from '../text/counts.ts';
import { roughDuration } from '../text/duration.ts';
import { quoted } from './invocation.ts';

/** What will happen and how long it takes; nothing when all of it was done before. `again` is the command that goes on. */
export function introLines({ plan, figures, folder, left }: RunAhead, again: string): readonly string[] {
  if (left.length === 0) return [];
  const { study, arms, steps } = plan;
  const { model, evaluation, cores } = figures;
  const trained = arms.filter(({ stages }) => stages.length > 0).map(({ name }) => name);
  const models = steps.filter(({ kind }) => kind === 'evaluate').length;
  const domains = new Set(study.evaluation.benchmarks.map((name) => BENCHMARKS[name]?.domain));
  const times = planTimes({ ...plan, steps: left }, figures);
  const done = steps.length - left.length;
  return [
    study.question,
    `1. Train ${model.name} (${(model.parameters / 1e6).toFixed(1)} M parameters) in ${counted(trained.length, 'way')}, ` +
      `with ${counted(study.seeds.length, 'seed')} each: ${listed(trained)}.`,
    `2. Ask these and the untouched model, ${models} in all, ${count(evaluation.items)} questions each, of ` +
      `${counted(domains.size, 'domain')}.`,
    `3. Write a report to ${folder}: what carried over, what was forgotten, and how sure one can be.`,
    `${done > 0 ? `${done} of ${steps.length} steps are done; the rest takes` : 'This takes'} about ` +
      `${roughDuration(times.train + times.evaluate)} on ${counted(cores, 'core')}: a rough estimate, a better one follows.`,
    `Ctrl-C stops it at any time and loses nothing: ${again} goes on.`,
  ];
}

/** A study in the box as a word of a command line in `folder`. */
const study = (name: string, folder: string | undefined): string => quoted(studyPath(name, folder));

/** One line for each way on. `self` is the command's name here, `help` the command that prints the help of `start`. */
export function nextSteps(self: string, help: string, folder?: string): string {
  return [
    'Next:',
    `  your model  ${self} run ${study('quickstart.yaml', folder)} --model MODEL --out runs/my-model`,
    `  your data   copy ${study('quickstart.yaml', folder)} and write { file: rows.jsonl } for a source`,
    `  real tests  ${self} run ${study('smollm2.yaml', folder)} --limit 24    GSM8K, ARC, HumanEval and others, from the hub`,
    '  a GPU       train there and compare here: { name: mine, strategy: base, from: FOLDER, matched: false }',
    `Examples of each: ${help}`,
  ].join('\n');
}

/** The ways on with examples, for `start --help`. */
export function nextStepsHelp(folder?: string): string {
  const [quickstart, smollm2] = [study('quickstart.yaml', folder), study('smollm2.yaml', folder)];
  return `
What comes next ("carryover" is "node bin/carryover.js" in a clone):

  Your own model: builtin:NAME, a folder in Hugging Face layout, a .gguf file or a hub id.
    carryover run ${quickstart} --model ./my-model --out runs/my-model --dry-run   # how long will it take?
    carryover run ${quickstart} --model ./my-model --out runs/my-model
    The study trains all weights. For a model of 100 M parameters or more copy the file and write
      training: { method: lora, rank: 16, learning_rate: 2e-4, ... }

  Your own data: copy ${quickstart} and change its sources (README.md says which formats are read).
    sources:
      math: { file: my-maths.jsonl }
      general: { dataset: tatsu-lab/alpaca }
    carryover run my-study.yaml --out runs/my-data

  Benchmarks of the field, with the prompts and the scoring of lm-evaluation-harness:
    carryover benchmarks                                  # what there is, by domain
    carryover run ${smollm2} --limit 24         # five strategies on a 135 M model; needs the hub
    carryover eval --model ./my-model --benchmarks gsm8k,arc_challenge --limit 100

  A GPU: Carryover itself computes on the processor. What was trained elsewhere takes part as an arm that is only
  evaluated, beside the others and paired with them item by item:
    arms:
      - base
      - { name: mine, strategy: base, from: ./trained-on-a-gpu, matched: false }
    carryover procedural export domain:mathematical --n 100000 --out maths.jsonl   # the training data, to take along`;
}
