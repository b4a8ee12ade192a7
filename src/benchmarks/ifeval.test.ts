import { describe, expect, it } from 'vitest';
import { FOLLOWING } from '../../test/support/ifeval-answers.ts';
import { readRows } from '../data/sources/read-rows.ts';
import { sha256 } from '../platform/files.ts';
import { INSTRUCTIONS } from '../scoring/ifeval/instructions.ts';
import { type IfevalTarget, isIfevalTarget } from '../scoring/ifeval/target.ts';
import type { GenerateItem } from './benchmark.ts';
import { ifeval } from './ifeval.ts';

describe('an IFEval item', () => {
  it('keeps the prompt as it is and drops arguments without a value', () => {
    const row = {
      key: 7,
      prompt: 'Write.\n',
      instruction_id_list: ['length_constraints:number_words', 'punctuation:no_comma'],
      kwargs: [
        { num_words: 3, relation: 'at least', keywords: null, end_phrase: '', frequency: 0 },
        { num_words: null, relation: null },
      ],
    };
    const [item] = ifeval.items([row], []) as readonly GenerateItem[];
    expect(item).toMatchObject({ id: '7', prompt: 'Write.\n', stop: [], maxTokens: 1280 });
    expect((item!.gold as IfevalTarget).kwargs).toEqual([{ num_words: 3, relation: 'at least' }, {}]);
    expect(item!.messages).toEqual([{ role: 'user', content: 'Write.\n' }]);
  });
});

const { CARRYOVER_HUB: hub } = process.env;
describe.skipIf(!hub)(
  `all of IFEval${hub ? '' : ' (skipped: CARRYOVER_HUB names no mirror of the hub)'}`,
  () => {
    it('asks 541 prompts with 834 instructions of 25 kinds, as the dataset has them', async () => {
      const items = ifeval.items(await readRows(ifeval.test), []) as readonly GenerateItem[];
      const targets = items.map((item) => item.gold as IfevalTarget);
      const ids = targets.flatMap((target) => target.instruction_id_list);
      expect([items.length, ids.length, new Set(ids).size]).toEqual([541, 834, 25]);
      expect([...new Set(ids)].sort()).toEqual(Object.keys(INSTRUCTIONS).sort());
      expect(targets.filter((target) => !isIfevalTarget(target))).toEqual([]);
      // Of the prompts in the file, made with Python: lm-evaluation-harness asks them as they are (doc_to_text: prompt).
      const hashes = items.map((item) => sha256(JSON.stringify([[item.prompt, null]])));
      expect(sha256(hashes.join('\n'))).toBe(
        'e4988027f78cd837db26698fc8074edb14089f892d32b66cb4f979670f2a5f56',
      );
    });

    it('has a hand-written answer for every kind of instruction', async () => {
      const items = ifeval.items(await readRows(ifeval.test), []) as readonly GenerateItem[];
      const answered = items.filter((item) => FOLLOWING[item.id] !== undefined);
      const kinds = new Set(answered.flatMap((item) => (item.gold as IfevalTarget).instruction_id_list));
      expect(kinds.size).toBe(25);
    });
  },
);
