/**
 * How llama.cpp's named pre-tokenizers cut a text before byte-pair merging, as steps of a `tokenizer.json`.
 * The expressions are those of the models' own tokenizer.json files; the names are the ones of `llama-vocab.cpp`.
 */

type Step = Readonly<Record<string, unknown>>;

export interface PreTokenizer {
  readonly normalizer: Step | null;
  readonly steps: readonly Step[];
  /** A piece that is a token as a whole is not split into merges. */
  readonly ignoreMerges: boolean;
  /** Begin-of-text is prepended where the file does not say. */
  readonly addBos: boolean;
}

const split = (regex: string): Step => ({
  type: 'Split',
  pattern: { Regex: regex },
  behavior: 'Isolated',
  invert: false,
});
const bytes = (useRegex: boolean): Step => ({
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: useRegex,
});
const plain = { normalizer: null, ignoreMerges: false, addBos: false } as const;

/** GPT-2's own expression is built into the ByteLevel step. */
const GPT2: PreTokenizer = { ...plain, steps: [bytes(true)] };
const DIGITS_GPT2: PreTokenizer = { ...plain, steps: [split('\\p{N}'), bytes(true)] };

const contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const words = (numbers: string) =>
  `${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${numbers}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;
const LLAMA3: PreTokenizer = {
  normalizer: null,
  steps: [split(words('\\p{N}{1,3}')), bytes(false)],
  ignoreMerges: true,
  addBos: true,
};
const QWEN2: PreTokenizer = {
  ...plain,
  normalizer: { type: 'NFC' },
  steps: [split(words('\\p{N}')), bytes(false)],
};
const upper = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]';
const lower = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';
const TEKKEN: PreTokenizer = {
  normalizer: null,
  steps: [
    split(
      `[^\\r\\n\\p{L}\\p{N}]?${upper}*${lower}+|[^\\r\\n\\p{L}\\p{N}]?${upper}+${lower}*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`,
    ),
    bytes(false),
  ],
  ignoreMerges: true,
  addBos: true,
};
/** What llama.cpp uses for files that name no pre-tokenizer. */
const DEFAULT: PreTokenizer = {
  ...plain,
  steps: [
    split('[\\p{P}\\$\\+<=>\\^~\\|`]+'),
    split("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)"),
    split('\\p{N}+'),
    split('[0-9][0-9][0-9]'),
    bytes(false),
  ],
};

export const PRE_TOKENIZERS: Readonly<Record<string, PreTokenizer>> = {
  default: DEFAULT,
  'gpt-2': GPT2,
  'phi-2': GPT2,
  olmo: GPT2,
  // llama.cpp and SmolLM's own tokenizer.json isolate digits first; transformers, given the GGUF file, does not.
  // The two differ where two or more spaces precede a digit. We agree with transformers (see docs/LOG.md).
  smollm: GPT2,
  starcoder: DIGITS_GPT2,
  refact: DIGITS_GPT2,
  codeshell: DIGITS_GPT2,
  llama3: LLAMA3,
  'llama-v3': LLAMA3,
  'llama-bpe': LLAMA3,
  qwen2: QWEN2,
  'deepseek-r1-qwen': QWEN2,
  tekken: TEKKEN,
};
