/** A train step: one stage of an arm. Resumes inside from the engine's state folder. */
import { join } from 'node:path';
import type { ModelRef } from '../../checkpoint/model-ref.ts';
import { openPacked } from '../../data/packing/packed-file.ts';
import { readReceipt } from '../../data/receipt/read-receipt.ts';
import { promptedAs } from '../../data/render/stand-in-template.ts';
import type { OptimizerConfig } from '../../engine/engine.ts';
import { engineFor } from '../../engine/open-engine.ts';
import { UserError } from '../../errors.ts';
import { writeAtomic } from '../../platform/files.ts';
import { loraOf } from '../lora.ts';
import type { TrainWork } from '../plan.ts';
import type { StepRun } from '../run-plan.ts';
import type { StepStore } from '../step-store.ts';
import type { TrainingSection } from '../study.ts';
import { trainRecord } from '../train-record.ts';
import { stateFolder } from '../training-state.ts';
import type { RunContext } from './run-context.ts';

export async function trainStep(run: StepRun, work: TrainWork, context: RunContext): Promise<string> {
  const { training } = context.plan.study;
  if (!training) throw new Error('a train step without a training section');
  const model: ModelRef = { ref: work.model };
  const engine = engineFor(model);
  if (!engine.train) {
    throw new UserError(`${work.model} cannot be trained: its engine only evaluates`, {
      remedy: 'Name a folder in Hugging Face layout or a .gguf file.',
    });
  }
  const { from, to } = work.steps;
  const prompted = promptedAs(model, (await readReceipt(context.store.folder(work.data))).template);
  const packed = await openPacked(context.store.folder(work.data));
  let tokens = 0;
  try {
    const result = await engine.train(
      {
        model: prompted,
        ...(training.method === 'lora' ? { lora: loraOf(training) } : {}),
        optimizer: optimizerOf(training),
        seed: work.seed,
        steps: work.steps,
        batch: (step) => packed.batch(step - from),
        longestRow: packed.rowLength,
        ...(work.previous ? { continueFrom: stateFolder(context.store, work.previous) } : {}),
        stateFolder: stateFolder(context.store, run.step.id),
        checkpointEvery: training.checkpoint_every,
        outputFolder: outputFolder(context.store, run.step.id),
      },
      {
        signal: run.signal,
        onResult: (report) => {
          tokens += report.tokens;
          run.onProgress({
            done: report.step - from + 1,
            total: to - from,
            unit: 'steps',
            tokens,
            loss: report.loss,
            ...(report.warning === undefined ? {} : { note: report.warning }),
          });
        },
      },
    );
    const record = trainRecord(result, work.steps);
    await writeAtomic(join(run.folder, 'train.json'), `${JSON.stringify(record, null, 2)}\n`);
    const losses = record.steps.map((step) => step.loss);
    return `loss ${losses[0]?.toFixed(3)} to ${losses.at(-1)?.toFixed(3)} in ${to - from} ${to - from === 1 ? 'step' : 'steps'}`;
  } finally {
    await packed.close();
  }
}

/** The model that a train step leaves, with its chat template: adapters on the model it started from, or its own. */
export async function trainedModel(
  { plan, store }: Pick<RunContext, 'plan' | 'store'>,
  step: string,
): Promise<ModelRef> {
  const folder = outputFolder(store, step);
  if (plan.study.training?.method === 'full') return { ref: folder };
  const work = plan.steps.find(({ id }) => id === step)?.work;
  if (work?.kind !== 'train') throw new Error(`${step} is no train step`);
  const { template } = await readReceipt(store.folder(work.data));
  return promptedAs({ ref: work.model, adapter: folder }, template);
}

function outputFolder(store: StepStore, step: string): string {
  return join(store.folder(step), 'model');
}

/** AdamW with the usual moments (Loshchilov and Hutter 2019, arXiv 1711.05101; PyTorch's defaults). */
function optimizerOf(training: TrainingSection): OptimizerConfig {
  return {
    learningRate: training.learning_rate,
    schedule: training.schedule,
    warmup: training.warmup,
    betas: [0.9, 0.999],
    epsilon: 1e-8,
    weightDecay: training.weight_decay,
    clip: training.clip,
  };
}
