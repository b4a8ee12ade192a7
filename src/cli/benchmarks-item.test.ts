import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import type { Sample } from '../scoring/score.ts';

describe('carryover benchmarks NAME --show-item', () => {
  it('shows the whole prompt, where the answer ends and the reference', async () => {
    const { out } = await carryover('benchmarks', 'proc/arithmetic', '--show-item', '113c7093a43333ee');
    expect(out).toMatchInlineSnapshot(`
      "proc/arithmetic, item 113c7093a43333ee: index 0, cluster 113c7093a43333ee
      prompt_sha256 14a85f28885a4e22c18303dca7b8a13a18b81835b31c28835c26e2b67b676f4f

      --- prompt ---
      Question: Work out 59 plus 7.
      Solution:
      --- end ---

      The answer ends before "\\n\\n" or "Question:", with the model's end token, or after 94 tokens.

      gold: "66"
      "
    `);
  });

  it('shows what is weighed for each choice, the right one marked', async () => {
    const { out } = await carryover('benchmarks', 'proc/syllogisms', '--show-item', '168425b0f9d80e30');
    expect(out).toMatchInlineSnapshot(`
      "proc/syllogisms, item 168425b0f9d80e30: index 0, cluster 168425b0f9d80e30
      prompt_sha256 6437466740e58c6cf80acaf2f0ddd6964cce69a217124030b9530d73b108ecf6

      --- context ---
      Question: All mubs are clens. No plens are dovs. Some dovs are tevs. All clens are zams. Some grats are not tevs. How many mubs are zams: all, some, not all, none or unknown?
      Answer:
      --- end ---

      Continuations, by index (* gold):
        0  " some"
      * 1  " all"
        2  " unknown"
        3  " none"
        4  " not all"
      "
    `);
  });

  it('gives the same as data, with the prompt that a sample holds', async () => {
    const item = JSON.parse(
      (await carryover('benchmarks', 'proc/arithmetic', '--show-item', '113c7093a43333ee', '--json')).out,
    ) as Sample;
    expect(item).toMatchObject({ benchmark: 'proc/arithmetic', index: 0, kind: 'generate', gold: '66' });
    // The id of a drawn answer is that of its item.
    const drawn = await carryover(
      'benchmarks',
      'proc/arithmetic',
      '--show-item',
      '113c7093a43333ee#2',
      '--json',
    );
    expect(JSON.parse(drawn.out)).toEqual(item);
  });

  it('finds an item by its place in the benchmark as well, and names the members of a group', async () => {
    const place = await carryover('benchmarks', 'proc/arithmetic', '--show-item', '0');
    const id = await carryover('benchmarks', 'proc/arithmetic', '--show-item', '113c7093a43333ee');
    expect(place.out).toBe(id.out);
    expect((await carryover('benchmarks', 'proc/arithmetic', '--show-item', '500')).code).toBe(2);
    const group = await carryover('benchmarks', 'mmlu_math', '--show-item', '3');
    expect([group.code, group.error]).toMatchInlineSnapshot(`
      [
        2,
        "mmlu_math is not one benchmark
        Name the one whose item shall be shown: mmlu_abstract_algebra, mmlu_college_mathematics, mmlu_elementary_mathematics, mmlu_high_school_mathematics, mmlu_high_school_statistics
      ",
      ]
    `);
  });

  it('refuses an item that is not there with one that is, and an item of nothing', async () => {
    const near = await carryover('benchmarks', 'proc/arithmetic', '--show-item', '113c7093a43333ef');
    expect([near.code, near.error]).toMatchInlineSnapshot(`
      [
        2,
        "proc/arithmetic has no item 113c7093a43333ef
        Did you mean 113c7093a43333ee?
      ",
      ]
    `);
    const far = await carryover('benchmarks', 'proc/arithmetic', '--show-item', 'x');
    expect([far.code, far.error]).toMatchInlineSnapshot(`
      [
        2,
        "proc/arithmetic has no item x
        Its 500 ids are those in the samples: 113c7093a43333ee, 6f9277a2ba5483c2, 38125244ab6370ec ...; an index is 0 to 499
      ",
      ]
    `);
    const none = await carryover('benchmarks', '--show-item', 'x');
    expect([none.code, none.error]).toMatchInlineSnapshot(`
      [
        2,
        "--show-item needs the benchmark whose item it is
        For example: carryover benchmarks proc/arithmetic --show-item ID, with an id of the samples or an index from 0.
      ",
      ]
    `);
  });
});
