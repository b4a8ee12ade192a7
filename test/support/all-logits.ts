/** What a model makes of whole rows, for tests and benchmarks that compare single positions. */
import type { Checkpoint, ModelConfig } from '../../src/checkpoint/checkpoint.ts';
import type { PackedRow } from '../../src/data/packing/packed-row.ts';
import { writeModel } from '../../src/engine/onnx/graph/onnx-writer.ts';
import { parameterShapes } from '../../src/engine/onnx/models/parameters.ts';
import { rotaryTables } from '../../src/engine/onnx/models/rotary.ts';
import { INPUTS, LOGITS, logitsGraph } from '../../src/engine/onnx/models/training-graph.ts';
import { microBatch } from '../../src/engine/onnx/train/micro-batch.ts';
import { type HostTensor, openSession } from '../../src/platform/onnxruntime.ts';

/** Logits [tokens, vocabulary] of all positions of rows. `threads`: the runtime's default without it. */
export async function allLogits(
  config: ModelConfig,
  read: Checkpoint['readTensor'],
  rows: readonly PackedRow[],
  threads?: number,
): Promise<Float32Array> {
  const session = await openSession(
    writeModel(logitsGraph(config)),
    threads === undefined ? {} : { threads },
  );
  const { feeds, time, batch } = microBatch(rows);
  const weights: Record<string, HostTensor> = {};
  for (const { name, shape } of parameterShapes(config))
    weights[name] = { dtype: 'f32', shape, data: await read(name) };
  const { cos, sin } = rotaryTables(config, time);
  const shape = [time, config.headDim / 2];
  const every = BigInt64Array.from({ length: batch * time }, (_, i) => BigInt(i));
  const { [INPUTS.targetIds]: _, ...inputs } = feeds;
  const out = await session.run({
    ...inputs,
    ...weights,
    [INPUTS.cos]: { dtype: 'f32', shape, data: cos },
    [INPUTS.sin]: { dtype: 'f32', shape, data: sin },
    [INPUTS.rows]: { dtype: 'i64', shape: [every.length], data: every },
  });
  await session.close();
  return (out[LOGITS] as HostTensor).data as Float32Array;
}
