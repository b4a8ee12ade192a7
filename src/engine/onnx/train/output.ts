/** The finished model on disk: a Hugging Face folder, or a PEFT adapter. */
import { type LowRank, writeAdapter } from '../../../checkpoint/adapter/adapter.ts';
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { writeFolder } from '../../../checkpoint/write-folder.ts';
import { UserError } from '../../../errors.ts';
import type { LoraConfig, TrainJob } from '../../engine.ts';
import { loraName, loraShapes } from '../models/lora.ts';
import { type FlatTensors, viewOf } from './flat-tensors.ts';
import { firstNonFinite } from './trainer.ts';

/** Writes what was trained. Throws UserError when a trained number is not finite: then nothing is written. */
export async function writeOutput(
  job: Pick<TrainJob, 'model' | 'lora' | 'outputFolder'>,
  checkpoint: Checkpoint,
  trained: FlatTensors,
): Promise<void> {
  const broken = firstNonFinite(trained);
  if (broken)
    throw new UserError(`training left numbers in ${broken} that are not finite; nothing was written`, {
      remedy: 'Lower the learning rate or add warm-up, then train again.',
    });
  if (job.lora) {
    const modules = adapterModules(checkpoint, job.lora, trained);
    await writeAdapter(job.outputFolder, job.lora, job.model.ref, modules, checkpoint.chatTemplate);
    return;
  }
  const { config, tokenizerFiles } = checkpoint;
  await writeFolder(job.outputFolder, {
    config,
    tokenizerFiles,
    readTensor: async (name) => viewOf(trained, name),
  });
}

function adapterModules(
  checkpoint: Checkpoint,
  lora: LoraConfig,
  trained: FlatTensors,
): ReadonlyMap<string, LowRank> {
  const modules = new Map<string, LowRank>();
  for (const { name, shape } of loraShapes(checkpoint.config, lora)) {
    if (!name.endsWith('.lora_A.weight')) continue;
    const module = name.slice(0, -'.lora_A.weight'.length);
    const b = viewOf(trained, loraName(module, 'B'));
    modules.set(module, {
      inputs: shape[1] as number,
      outputs: b.length / lora.rank,
      a: viewOf(trained, name),
      b,
    });
  }
  return modules;
}
