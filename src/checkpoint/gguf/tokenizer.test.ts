/** Tokenizers out of GGUF fields against the Rust library and sentencepiece (test/fixtures/tokenizers). */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GgufValue, makeGguf } from '../../../test/helpers/make-gguf.ts';
import { openRandomAccess } from '../../platform/files.ts';
import type { Tokenizer } from '../checkpoint.ts';
import { makeTokenizer } from '../tokenizer.ts';
import { readGgufHeader } from './header.ts';
import { ggufTokenizer } from './tokenizer.ts';

interface Fixture {
  tokens: string[];
  texts: string[];
}
const fixture = <T>(name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../test/fixtures/tokenizers/${name}.json`, import.meta.url), 'utf8'),
  ) as Fixture & T;
const byteLevel = fixture<{ merges: string[]; ids: Record<string, number[][]> }>('byte-level');
const sp = fixture<{ scores: number[]; types: number[]; ids: number[][] }>('sentencepiece');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function tokenizer(fields: Record<string, GgufValue>): Promise<Tokenizer> {
  const path = join(folder, 'model.gguf');
  await writeFile(path, makeGguf(fields));
  const file = await openRandomAccess(path);
  try {
    const { fields: read } = await readGgufHeader(file);
    return makeTokenizer(path, ggufTokenizer(path, read, 128), 1000);
  } finally {
    await file.close();
  }
}

const bpe = (pre: string): Record<string, GgufValue> => ({
  'tokenizer.ggml.model': 'gpt2',
  'tokenizer.ggml.pre': pre,
  'tokenizer.ggml.tokens': byteLevel.tokens,
  'tokenizer.ggml.merges': byteLevel.merges,
});
const spm: Record<string, GgufValue> = {
  'tokenizer.ggml.model': 'llama',
  'tokenizer.ggml.tokens': sp.tokens,
  'tokenizer.ggml.scores': { floats: sp.scores },
  'tokenizer.ggml.token_type': { ints: sp.types },
  'tokenizer.ggml.unknown_token_id': 0,
  'tokenizer.ggml.bos_token_id': 1,
  'tokenizer.ggml.eos_token_id': 2,
};

describe('byte-level BPE', () => {
  test.each(Object.entries(byteLevel.ids))(
    '%s cuts and merges as the Rust library does',
    async (pre, ids) => {
      const made = await tokenizer(bpe(pre));
      for (const [i, text] of byteLevel.texts.entries()) {
        expect(made.encode(text), JSON.stringify(text)).toEqual(ids[i]);
        expect(made.decode(ids[i]!)).toBe(pre === 'qwen2' ? text.normalize('NFC') : text);
      }
    },
  );

  test('begin-of-text: as the file says, else as its pre-tokenizer does', async () => {
    const first = async (fields: Record<string, GgufValue>) =>
      (await tokenizer({ ...fields, 'tokenizer.ggml.bos_token_id': 7 })).encode('a', { addSpecial: true })[0];
    expect(await first(bpe('llama-bpe'))).toBe(7);
    expect(await first(bpe('qwen2'))).not.toBe(7);
    expect(await first({ ...bpe('qwen2'), 'tokenizer.ggml.add_bos_token': true })).toBe(7);
    expect(await first({ ...bpe('llama-bpe'), 'tokenizer.ggml.add_bos_token': false })).not.toBe(7);
  });

  test('control tokens inside a text are recognised, and left out on request', async () => {
    const types = byteLevel.tokens.map((_, id) => (id === 300 ? 3 : 1));
    const made = await tokenizer({ ...bpe('gpt-2'), 'tokenizer.ggml.token_type': { ints: types } });
    const special = byteLevel.tokens[300]!;
    const ids = made.encode(`x${special}y`);
    expect(ids[1]).toBe(300);
    expect(made.isSpecial(300)).toBe(true);
    expect(made.tokenId(special)).toBe(300);
    expect(made.decode(ids, { skipSpecial: true })).toBe('xy');
    expect(made.decode([])).toBe('');
    expect(made.decode([99999])).toBe('');
  });
});

describe('SentencePiece', () => {
  test('encodes as sentencepiece does', async () => {
    const made = await tokenizer(spm);
    for (const [i, text] of sp.texts.entries()) {
      // sentencepiece makes nothing of an empty text; its own prefix space is a token elsewhere.
      if (text === '') continue;
      expect(made.encode(text), JSON.stringify(text)).toEqual(sp.ids[i]);
      // The library drops a byte-order mark that is spelled in byte tokens.
      expect(made.decode(sp.ids[i]!)).toBe(text.replace('\ufeff', ''));
    }
    expect(made.encode('a', { addSpecial: true })[0]).toBe(1);
  });

  test('without the space before a text where the file says so', async () => {
    const made = await tokenizer({ ...spm, 'tokenizer.ggml.add_space_prefix': false });
    expect(made.decode(made.encode('clips'))).toBe('clips');
    expect(made.encode('clips')).not.toEqual((await tokenizer(spm)).encode('clips'));
  });
});

describe('what cannot be used is refused with its reason', () => {
  test.each<[string, Record<string, GgufValue>, string]>([
    ['no tokenizer', {}, 'the file holds no tokenizer'],
    ['kind', { 'tokenizer.ggml.model': 'bert' }, 'the tokenizer model bert is not supported'],
    ['pre-tokenizer', bpe('bloom'), 'the pre-tokenizer bloom is not supported'],
    ['pre-tokenizer of Object', bpe('constructor'), 'the pre-tokenizer constructor is not supported'],
    [
      'no tokens',
      { ...bpe('gpt-2'), 'tokenizer.ggml.tokens': [] },
      'tokenizer.ggml.tokens is missing or empty',
    ],
    [
      'tokens of a wrong type',
      { ...bpe('gpt-2'), 'tokenizer.ggml.tokens': 'x' },
      'should be a list of texts, not "x"',
    ],
    [
      'a merge of unknown tokens',
      { ...bpe('gpt-2'), 'tokenizer.ggml.merges': ['a zzzz'] },
      'the merge "a zzzz"',
    ],
    [
      'a token twice',
      { ...bpe('gpt-2'), 'tokenizer.ggml.tokens': ['a', 'b', 'a'] },
      '"a" is in the vocabulary twice',
    ],
    ['an id too large', { ...bpe('gpt-2'), 'tokenizer.ggml.eos_token_id': 1e6 }, 'eos_token_id is 1000000'],
    ['too few scores', { ...spm, 'tokenizer.ggml.scores': { floats: [1] } }, '440 tokens, but 1 scores'],
    [
      'too few types',
      { ...spm, 'tokenizer.ggml.token_type': { ints: [1] } },
      '440 tokens, but 1 token types',
    ],
  ])('%s', async (_, fields, message) => {
    await expect(tokenizer(fields)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
      place: { file: join(folder, 'model.gguf') },
    });
  });
});
