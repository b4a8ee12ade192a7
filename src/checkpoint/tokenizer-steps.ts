/**
 * Two steps of `@huggingface/tokenizers` 0.2.0 differ from Hugging Face's Rust library outside ASCII: `Digits` splits
 * ASCII digits only (Rust: every Unicode number), and `ByteLevel`'s built-in expression takes JavaScript's idea of
 * white space (U+FEFF is, U+0085 is not; in Unicode it is the other way round). Its `Split` step follows Unicode, so
 * the two are written with that one.
 */

interface Step {
  readonly type: string;
  readonly pretokenizers?: readonly Step[];
  readonly individual_digits?: boolean;
  readonly use_regex?: boolean;
  readonly add_prefix_space?: boolean;
  readonly [field: string]: unknown;
}

/** GPT-2's expression, as in the Rust library's ByteLevel step. */
export const GPT2_WORDS =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/** A tokenizer.json's content with its pre-tokenizer so rewritten. */
export function withUnicodeSteps<T extends { readonly pre_tokenizer: Step | null }>(json: T): T {
  const { pre_tokenizer: step } = json;
  return step ? { ...json, pre_tokenizer: rewrite(step) } : json;
}

function rewrite(step: Step): Step {
  switch (step.type) {
    case 'Sequence':
      return { ...step, pretokenizers: (step.pretokenizers ?? []).map(rewrite) };
    case 'Digits':
      return split(step.individual_digits ? '\\p{N}' : '\\p{N}+');
    case 'ByteLevel': {
      if (step.use_regex === false || step.add_prefix_space) return step;
      return { type: 'Sequence', pretokenizers: [split(GPT2_WORDS), { ...step, use_regex: false }] };
    }
    default:
      return step;
  }
}

function split(regex: string): Step {
  return { type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false };
}
