/** Command line of the benchmarks. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { agree } from './agree.ts';
import { choices } from './choices.ts';
import { choicesAgree, type Extent } from './choices-agree.ts';
import { code } from './code.ts';
import { data } from './data.ts';
import { decontaminate } from './decontaminate.ts';
import { finetune } from './finetune.ts';
import { generate } from './generate.ts';
import { math } from './math.ts';
import { type Comparison, HEADER, row, useClock } from './measure.ts';
import { CACHE, pythonFor } from './peer.ts';
import { prompts } from './prompts.ts';
import { seedling } from './seedling.ts';
import type { Settings } from './settings.ts';
import { train } from './train.ts';

const PARTS = { train, seedling, finetune, generate, choices, math, prompts, code, data } satisfies Record<
  string,
  (settings: Settings) => AsyncGenerator<Comparison>
>;
/** What is not measured in speed, one line each: agreement with the peers, and what a search finds. */
const AGREEMENTS = {
  agree: (settings: Settings) => agree(settings),
  'choices-agree': choicesAgree,
  decontaminate: () => decontaminate(),
} satisfies Record<string, (settings: Settings, extent: Extent) => AsyncGenerator<string>>;
/** What has no peer to be compared with. */
const ALONE: ReadonlySet<string> = new Set(['decontaminate']);
const USAGE = `npm run bench -- [${Object.keys(PARTS).join('] [')}] [all] [agree] [choices-agree] [decontaminate] --model REF [options]
  agree           no speed: what training writes gives the same logits in transformers and peft
  choices-agree   no speed: the options chosen in the first items of each task, here and in lm-evaluation-harness
  decontaminate   no speed: how much of planted contamination is found, and how often clean rows are taken for it
  --items N       items of each task for "choices-agree" (200)
  --tasks A,B     only these tasks of "choices-agree"
  --model REF     the real model: a .gguf file or a folder (not needed for "train", "seedling", "math", "prompts", "code" and
                  "decontaminate"; "data" takes builtin:seedling without one)
  --python PATH   an interpreter that has the peers' packages; otherwise an environment is made and kept
  --rounds N      rounds of each comparison (3)
  --threads N     threads of each side (the machine's cores)
  --clock NAME    wall, or processor: seconds of processor time; with --threads 1 it holds on a busy machine too
CARRYOVER_HUB names the mirror of the hub that both sides read.`;

export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      python: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      threads: { type: 'string', default: String(availableParallelism()) },
      items: { type: 'string', default: '200' },
      tasks: { type: 'string' },
      clock: { type: 'string', default: 'wall' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const wanted = positionals.includes('all') || positionals.length === 0 ? Object.keys(PARTS) : positionals;
  const unknown = wanted.find((name) => !(name in PARTS) && !(name in AGREEMENTS));
  if (values.help || unknown !== undefined) {
    console.error(unknown === undefined ? USAGE : `There is no "${unknown}".\n${USAGE}`);
    return unknown === undefined ? 0 : 2;
  }
  useClock(values.clock === 'processor' ? 'processor' : 'wall');
  const python = wanted.every((name) => ALONE.has(name)) ? '' : pythonFor(values.python);
  const { model } = values;
  const settings: Settings = {
    model,
    folder: () => folderOf(model, python),
    python,
    threads: Number(values.threads),
    rounds: Number(values.rounds),
  };
  const agreements = Object.entries(AGREEMENTS).filter(([name]) => wanted.includes(name));
  const extent = {
    items: Number(values.items),
    ...(values.tasks === undefined ? {} : { tasks: values.tasks.split(',') }),
  };
  for (const [, check] of agreements) for await (const line of check(settings, extent)) console.log(line);
  if (agreements.length > 0) return 0;
  console.log(
    `${cpus()[0]?.model.trim()}, ${settings.threads} threads, Node ${process.versions.node}, ${settings.rounds} rounds, ${values.clock} time.`,
  );
  console.log("Rates: median (least to greatest) of the rounds; ratio: median of the rounds' own ratios.\n");
  console.log(HEADER);
  for (const name of wanted) {
    for await (const comparison of PARTS[name as keyof typeof PARTS](settings)) console.log(row(comparison));
  }
  return 0;
}

/** The model as a float32 folder for the Python side, kept by the file's name, size and date. */
function folderOf(model: string | undefined, python: string): string {
  if (model === undefined) throw new Error('Name the model: --model REF (a .gguf file or a folder).');
  const { size, mtimeMs } = statSync(model);
  const key = createHash('sha256')
    .update(`${resolve(model)} ${size} ${mtimeMs}`)
    .digest('hex')
    .slice(0, 16);
  const folder = join(CACHE, 'models', key);
  if (!existsSync(join(folder, 'tokenizer_config.json'))) {
    const script = join(import.meta.dirname, 'peers', 'convert.py');
    const { status, stderr } = spawnSync(python, [script, model, folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the model could not be converted:\n${stderr.slice(-2000)}`);
  }
  return folder;
}
