/**
 * A SentencePiece BPE vocabulary (Llama 2, Mistral 7B) as the BPE model of a tokenizer.json. SentencePiece knows
 * scores, not merges: a pair may merge when its joined text is a token, and better scores merge first. This is the
 * conversion transformers makes (`generate_merges` in `convert_slow_tokenizer.py`).
 */

const NORMAL = 1;
const USER_DEFINED = 4;

/** `tokens`, `types` and `scores` by id; `spacePrefix`: a space is put before the text, and taken off on decoding. */
export function sentencePieceModel(
  tokens: readonly string[],
  types: readonly number[],
  scores: readonly number[],
  unknown: string | null,
  spacePrefix: boolean,
): { normalizer: unknown; preTokenizer: null; decoder: unknown; model: unknown } {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const joins = (id: number) => types[id] === NORMAL || types[id] === USER_DEFINED;
  const merges: { pair: [string, string]; score: number; left: number; right: number }[] = [];
  for (let id = 0; id < tokens.length; id++) {
    if (types[id] !== NORMAL) continue;
    const characters = Array.from(tokens[id]!);
    const found: { pair: [string, string]; ids: [number, number]; left: number }[] = [];
    let left = '';
    for (let cut = 1; cut < characters.length; cut++) {
      left += characters[cut - 1];
      const right = tokens[id]!.slice(left.length);
      const leftId = ids.get(left);
      const rightId = ids.get(right);
      if (leftId === undefined || rightId === undefined || !joins(leftId) || !joins(rightId)) continue;
      found.push({ pair: [left, right], ids: [leftId, rightId], left: cut });
    }
    found.sort((a, b) => a.ids[0] - b.ids[0] || a.ids[1] - b.ids[1]);
    for (const { pair, left: size } of found) {
      merges.push({ pair, score: scores[id]!, left: size, right: characters.length - size });
    }
  }
  // Stable, as Python's sort is: equal entries keep the order of the vocabulary.
  merges.sort((a, b) => b.score - a.score || b.left - a.left || b.right - a.right);

  const toMark = { type: 'Replace', pattern: { String: ' ' }, content: '▁' };
  const fromMark = { type: 'Replace', pattern: { String: '▁' }, content: ' ' };
  const strip = { type: 'Strip', content: ' ', start: 1, stop: 0 };
  return {
    normalizer: {
      type: 'Sequence',
      normalizers: spacePrefix ? [{ type: 'Prepend', prepend: '▁' }, toMark] : [toMark],
    },
    preTokenizer: null,
    decoder: {
      type: 'Sequence',
      decoders: [fromMark, { type: 'ByteFallback' }, { type: 'Fuse' }, ...(spacePrefix ? [strip] : [])],
    },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: unknown,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      vocab: Object.fromEntries(ids),
      merges: merges.map(({ pair }) => pair),
    },
  };
}
