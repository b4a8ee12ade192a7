import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { StageTools } from './stage.ts';

/** What the data stage needs of a model. */
export function stageTools({ tokenizer, chatTemplate, config }: Checkpoint): StageTools {
  return { tokenizer, chatTemplate, eosTokens: config.eosTokens, width: config.width };
}
