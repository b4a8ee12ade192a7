/** Small byte-level and SentencePiece-style tokenizers for tests: every text has ids, merges make tokens long. */

import { BYTE_LETTERS } from '../../src/checkpoint/byte-letters.ts';
import type { Tokenizer } from '../../src/checkpoint/checkpoint.ts';
import { makeTokenizer } from '../../src/checkpoint/tokenizer.ts';

const LINE_FEED = BYTE_LETTERS[10]!;
const SPACE = BYTE_LETTERS[32]!;

/** Pairs that are merged, among them two line feeds: a border between a header and an answer can fall inside. */
const MERGES = [
  ['h', 'e'],
  ['l', 'l'],
  ['he', 'll'],
  ['hell', 'o'],
  [LINE_FEED, LINE_FEED],
  [SPACE, 'a'],
  [SPACE, SPACE],
  ['1', '2'],
];

export interface TinyTokenizer {
  readonly tokenizer: Tokenizer;
  readonly tokenizerJson: string;
  /** Bytes of text that each id stands for. */
  readonly byteLengths: readonly number[];
}

/** Byte-level BPE as SmolLM, Llama 3 and Qwen have it. `bos` is put before every text that is encoded with `addSpecial`. */
export function byteLevelTokenizer(special: readonly string[], bos?: string): TinyTokenizer {
  const names = [...BYTE_LETTERS, ...MERGES.map((pair) => pair.join(''))];
  const vocab = Object.fromEntries(names.map((name, id) => [name, id]));
  const byteLengths = [
    ...names.map((name) => name.length),
    ...special.map((name) => Buffer.byteLength(name)),
  ];
  const post_processor = bos && {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: bos, type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
    pair: [],
    special_tokens: { [bos]: { id: bos, ids: [names.length + special.indexOf(bos)], tokens: [bos] } },
  };
  return make(special, names.length, byteLengths, {
    ...(post_processor ? { post_processor } : {}),
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: { type: 'BPE', vocab, merges: MERGES, byte_fallback: false },
  });
}

/** Spaces as U+2581 and unknown characters as bytes, as Llama 2 and Mistral have it. */
export function metaspaceTokenizer(special: readonly string[]): TinyTokenizer {
  const merges = [
    ['h', 'e'],
    ['l', 'l'],
    ['he', 'll'],
    ['▁', 'a'],
    ['▁', '▁'],
    ['▁', '['],
  ];
  const letters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
    (letter) => letter !== ' ',
  );
  const bytes = Array.from({ length: 256 }, (_, i) => `<0x${i.toString(16).toUpperCase().padStart(2, '0')}>`);
  const names = ['<unk>', ...bytes, '▁', ...letters, ...merges.map((pair) => pair.join(''))];
  const vocab = Object.fromEntries(names.map((name, id) => [name, id]));
  const byteLengths = names.map((name) => (bytes.includes(name) ? 1 : name.length));
  return make(special, names.length, [...byteLengths, ...special.map((name) => name.length)], {
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false },
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    model: { type: 'BPE', vocab, merges, byte_fallback: true, unk_token: '<unk>', fuse_unk: true },
  });
}

function make(
  special: readonly string[],
  first: number,
  byteLengths: number[],
  parts: object,
): TinyTokenizer {
  const added = special.map((content, index) => ({
    id: first + index,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const tokenizerJson = JSON.stringify({
    version: '1.0',
    added_tokens: added,
    normalizer: null,
    post_processor: null,
    ...parts,
  });
  const tokenizer = makeTokenizer('tiny tokenizer', { tokenizerJson, tokenizerConfig: {} }, 100_000);
  return { tokenizer, tokenizerJson, byteLengths };
}
