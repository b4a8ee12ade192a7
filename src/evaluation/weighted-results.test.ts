import { describe, expect, it } from 'vitest';
import { scoreIfeval } from '../scoring/ifeval/score-ifeval.ts';
import type { Sample } from '../scoring/score.ts';
import { summarise } from './results.ts';

const NO_COMMA = 'punctuation:no_comma';
const TITLE = 'detectable_format:title';

/** A sample as an evaluation writes it. */
async function sample(index: number, output: string, ids: readonly string[]): Promise<Sample> {
  const gold = { instruction_id_list: ids, kwargs: ids.map(() => ({})) };
  const id = String(index);
  return {
    ...{
      benchmark: 'ifeval',
      id,
      index,
      cluster: id,
      prompt_sha256: '',
      kind: 'generate',
      output,
      choices: [],
      gold,
    },
    ...(await scoreIfeval(output, gold)),
    tokens: { prompt: 1, completion: 1 },
  };
}

describe('the metrics of IFEval', () => {
  it('count prompts, and all instructions of all prompts alike', async () => {
    const samples = [
      await sample(0, 'no commas', [NO_COMMA]),
      await sample(1, 'one, two', [NO_COMMA, TITLE]),
      await sample(2, '<<One>>\none, two', [NO_COMMA, TITLE]),
    ];
    const { metrics } = summarise({ metric: 'prompt_level_strict_acc' }, samples);
    expect(Object.keys(metrics)).toEqual([
      'prompt_level_strict_acc',
      'inst_level_strict_acc',
      'prompt_level_loose_acc',
      'inst_level_loose_acc',
      'prompt_level_strict_acc,none',
      'inst_level_strict_acc,none',
      'prompt_level_loose_acc,none',
      'inst_level_loose_acc,none',
    ]);
    expect(metrics['prompt_level_strict_acc,none']!.value).toBeCloseTo(1 / 3, 12);
    // 1 of 1, 0 of 2 and 1 of 2: 2 of 5 instructions, not the mean of the prompts' shares.
    expect(metrics['inst_level_strict_acc,none']!.value).toBeCloseTo(2 / 5, 12);
    expect(metrics['inst_level_strict_acc']!.value).toBeCloseTo(2 / 5, 12);
  });
});
