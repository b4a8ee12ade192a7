/** The default engine: everything in this process, on onnxruntime. */
import { openCheckpoint } from '../../checkpoint/open-checkpoint.ts';
import type { Engine } from '../engine.ts';
import { openInference } from './infer/session.ts';
import { train } from './train/train.ts';

export const ONNX_ENGINE: Engine = {
  name: 'onnx',
  train,
  open: async (model) => {
    const checkpoint = await openCheckpoint(model);
    try {
      return await openInference(checkpoint);
    } catch (error) {
      await checkpoint.close();
      throw error;
    }
  },
};
