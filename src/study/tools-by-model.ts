import type { StageTools } from '../data/stage.ts';
import { stageTools } from '../data/stage-tools.ts';
import { withCheckpoint } from './facts.ts';

/** `stageTools` of models by their references, each read once: what is rendered with equal tools is rendered once. */
export function toolsByModel(): (model: string) => Promise<StageTools> {
  const read = new Map<string, Promise<StageTools>>();
  return (model) => {
    const tools = read.get(model) ?? withCheckpoint(model, async (checkpoint) => stageTools(checkpoint));
    read.set(model, tools);
    return tools;
  };
}
