/** The options that say how tokens are drawn, for commands that let a model write. */
import type { Command } from 'commander';
import type { Sampling } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { numberOption, wholeNumber } from './number-option.ts';

export interface SamplingOptions {
  readonly temperature: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly seed: number;
}

export function addSamplingOptions(command: Command): Command {
  return command
    .option(
      '--temperature <t>',
      '0 is greedy; 1 draws from the model as it is',
      numberOption('--temperature', { least: 0 }),
      0,
    )
    .option(
      '--top-p <p>',
      'draw from the likeliest tokens that together have this probability',
      numberOption('--top-p', { least: 0, most: 1 }),
    )
    .option('--top-k <k>', 'draw from the k likeliest tokens', wholeNumber('--top-k'))
    .option(
      '--seed <n>',
      'equal seeds give equal texts',
      numberOption('--seed', { least: 0, integer: true }),
      0,
    );
}

/** Throws UserError for limits on what is drawn where nothing is. */
export function samplingOf({ temperature, topP, topK, seed }: SamplingOptions): Sampling {
  if (temperature === 0 && (topP !== undefined || topK !== undefined))
    throw new UserError('--top-p and --top-k have no effect without a temperature', {
      remedy: 'Add for example --temperature 1, or leave them out for greedy decoding.',
    });
  return {
    temperature,
    seed,
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
  };
}
