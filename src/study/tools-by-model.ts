import type { TemplateName } from '../checkpoint/templates/templates.ts';
import type { StageTools } from '../data/stage.ts';
import { stageTools } from '../data/stage-tools.ts';
import { modelRef, withCheckpoint } from './facts.ts';

/**
 * `stageTools` of models by their references, each read once: what is rendered with equal tools is rendered once.
 * `template`: the one that the study names for all of them.
 */
export function toolsByModel(template: TemplateName | undefined): (model: string) => Promise<StageTools> {
  const read = new Map<string, Promise<StageTools>>();
  return (model) => {
    const tools =
      read.get(model) ??
      withCheckpoint(modelRef(model, template), async (checkpoint) => stageTools(checkpoint));
    read.set(model, tools);
    return tools;
  };
}
