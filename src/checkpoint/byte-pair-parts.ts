/**
 * The parts of a `tokenizer.json` that every byte-level BPE tokenizer has alike, in the key order of Hugging Face's
 * tokenizers library.
 */
export function bytePairParts<Merge>(parts: {
  readonly vocab: Readonly<Record<string, number>>;
  readonly merges: readonly Merge[];
  /** Whole words of the vocabulary are taken before merges are tried. */
  readonly ignoreMerges: boolean;
}): { readonly decoder: object; readonly model: object } {
  return {
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: parts.ignoreMerges,
      vocab: parts.vocab,
      merges: parts.merges,
    },
  };
}
