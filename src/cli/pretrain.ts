/** `carryover pretrain FILE`: a small base model from nothing, on procedural text. */
import { join } from 'node:path';
import type { Command } from 'commander';
import type { TrainStepReport } from '../engine/engine.ts';
import { Interrupted, UserError } from '../errors.ts';
import { evaluationView } from '../evaluation/progress-view.ts';
import { monotonic } from '../platform/clock.ts';
import { exists, readText, remove, writeAtomic } from '../platform/files.ts';
import { studyPath } from '../platform/package-folder.ts';
import { onInterrupt } from '../platform/signals.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import { modelCard } from '../pretraining/card.ts';
import { type Pretrained, pretrain } from '../pretraining/pretrain.ts';
import { type Pretraining, stepsOf, tasksRead } from '../pretraining/pretraining.ts';
import { parsePretraining } from '../pretraining/read-pretraining.ts';
import { scoreModel } from '../pretraining/score-model.ts';
import { mean } from '../stats/moments.ts';
import { count } from '../text/counts.ts';
import { roughDuration } from '../text/duration.ts';
import type { CliCommand } from './command.ts';
import { commandAgain, quoted } from './invocation.ts';
import { checkModelOut } from './model-out.ts';
import { wholeNumber } from './number-option.ts';

interface Flags {
  readonly out?: string;
  readonly steps?: number;
  readonly card?: boolean;
  readonly items?: number;
  readonly json?: boolean;
}

/** The file in the box that the help and messages name. */
const EXAMPLE = quoted(studyPath('seedling.yaml'));

export const pretrainCommand: CliCommand = {
  name: 'pretrain',
  summary: 'Make a small base model from nothing, on procedural text. Run again to resume',
  examples: [
    '# the model in the box, once more: three quarters of an hour on two cores',
    `carryover pretrain ${EXAMPLE} --out my-seedling`,
    '# a look at how it begins; the learning rate falls to its end within these steps',
    `carryover pretrain ${EXAMPLE} --steps 200 --out trial`,
    '# and its card with scores on every task of its corpus',
    `carryover pretrain ${EXAMPLE} --out my-seedling --card`,
  ],
  configure: (command) => configure(command),
};

function configure(command: Command): void {
  command
    .argument('<file>', `a pretraining file (YAML), such as ${EXAMPLE}`)
    .option('--out <folder>', 'where the model goes, in Hugging Face layout (default: out/NAME of the file)')
    .option(
      '--steps <n>',
      'optimizer steps of one round, instead of those in the file',
      wholeNumber('--steps'),
    )
    .option('--card', 'evaluate the model on the tasks of its corpus and write its card, README.md')
    .option(
      '--items <n>',
      'with --card: only the first n items of each task (default: all 500)',
      wholeNumber('--items'),
    )
    .option('--json', 'print the result as JSON')
    .action(act);
}

async function act(file: string, flags: Flags): Promise<void> {
  const read = parsePretraining(file, await textOf(file));
  const pretraining =
    flags.steps === undefined ? read : { ...read, rounds: [{ ...read.rounds[0]!, steps: flags.steps }] };
  const out = flags.out ?? join('out', pretraining.name);
  await checkModelOut(out, 'pretrain');
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  let say: ReturnType<typeof progressPrinter> | undefined;
  try {
    sayLine('learning the tokenizer and drawing the first weights ...');
    const made = await pretrain(pretraining, out, {
      signal: interrupt.signal,
      onPrepared: ({ parameters, done }) => {
        const before = done > 0 ? `, ${count(done)} of them done before` : '';
        sayLine(`${count(parameters)} parameters, ${count(stepsOf(pretraining.rounds))} steps${before}`);
        // Speed and the time that is left are those of the steps, without the tokenizer.
        say = progressPrinter(stepsOf(pretraining.rounds));
      },
      onStep: (report) => say?.(report),
    });
    if (made.wasFinished) sayLine('This pretraining is finished; nothing was left to do.');
    if (flags.card) await writeCard({ pretraining, out, made, file, flags, signal: interrupt.signal });
    const { parameters, tokens, losses } = made;
    const result = { out, parameters, steps: losses.length, tokens, loss: losses.at(-1) };
    printLine(flags.json ? JSON.stringify(result) : out);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(commandAgain(), { kept: await exists(join(out, '.carryover')) });
  } finally {
    release();
  }
}

interface CardRun {
  readonly pretraining: Pretraining;
  readonly out: string;
  readonly made: Pretrained;
  readonly file: string;
  readonly flags: Flags;
  readonly signal: AbortSignal;
}

async function writeCard({ pretraining, out, made, file, flags, signal }: CardRun): Promise<void> {
  const view = evaluationView();
  try {
    const scores = await scoreModel(out, {
      tasks: tasksRead(pretraining),
      work: join(out, '.carryover', 'card'),
      signal,
      onProgress: (progress) => view.show(progress),
      ...(flags.items === undefined ? {} : { limit: flags.items }),
    });
    const steps = flags.steps === undefined ? '' : ` --steps ${flags.steps}`;
    const command = `carryover pretrain ${quoted(file)}${steps} --out ${quoted(out)}`;
    const card = modelCard({ pretraining, notes: made, scores, command });
    await writeAtomic(join(out, 'README.md'), card);
    await remove(join(out, '.carryover'));
  } finally {
    view.close();
  }
}

async function textOf(file: string): Promise<string> {
  if (await exists(file)) return readText(file);
  throw new UserError(`there is no pretraining file ${file}`, {
    remedy: `Give the path of a YAML file, such as ${EXAMPLE}.`,
  });
}

/** Milliseconds between two lines. */
const EVERY = 10_000;

/** Now and then a line with the mean loss since the last one, speed and the time that is left. */
function progressPrinter(total: number): (report: TrainStepReport) => void {
  const start = monotonic();
  let [said, tokens, done] = [start, 0, 0];
  let losses: number[] = [];
  return (report) => {
    tokens += report.tokens;
    done++;
    losses.push(report.loss);
    const now = monotonic();
    const isLast = report.step + 1 === total;
    if (now - said < EVERY && !isLast) return;
    const seconds = (now - start) / 1000;
    const left = Math.round((seconds / done) * (total - report.step - 1));
    sayLine(
      `step ${count(report.step + 1)} of ${count(total)}  loss ${mean(losses).toFixed(3)}  ` +
        `${count(Math.round(tokens / seconds))} tokens/s  ${roughDuration(left)} left`,
    );
    [said, losses] = [now, []];
  };
}
