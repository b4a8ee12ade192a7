/**
 * Ids of a text from the ids of its words. A byte-level BPE tokenizer cuts a text into words and encodes each by itself,
 * and most words of a text have been met before; `@huggingface/tokenizers` 0.2.0 makes their tokens again from bytes,
 * through strings, for every text. Here each word is encoded once; texts and words that are made otherwise are left to
 * the library.
 */
import * as tokenizers from '@huggingface/tokenizers';
import { type AddedToken, sectionCutter } from './added-tokens.ts';
import { byteMerger, type MergeModel } from './byte-pair-merges.ts';

/** A step of the library: what it makes of a text. `pattern` and `config`: those of a Split. */
interface LibraryStep {
  (text: string): string[];
  readonly pattern: RegExp | null;
  readonly config: { readonly invert?: boolean; readonly behavior?: string };
}
/** The library's declarations lose these classes under this module resolution: their paths lack endings. */
const { ByteLevelPreTokenizer, SplitPreTokenizer } = tokenizers as unknown as Record<
  'ByteLevelPreTokenizer' | 'SplitPreTokenizer',
  new (
    config: object,
  ) => LibraryStep
>;
type Library = tokenizers.Tokenizer;

/** What is looked at of a tokenizer.json and a tokenizer_config.json. */
export interface WordSteps {
  readonly added_tokens: readonly AddedToken[];
  readonly pre_tokenizer?: { readonly type: string } | null | undefined;
  readonly model: MergeModel & { readonly type: string; readonly ignore_merges?: unknown };
}

/** Ids of a text; `special`: also what the tokenizer puts around every text. */
export type EncodeText = (text: string, special: boolean) => number[];

/** Words that are kept, some 10 MB; then all are forgotten. A large corpus has more, but few of them often. */
const MOST_WORDS = 1 << 16;
/** UTF-16 units of the longest word that is kept. */
const LONGEST_WORD = 48;

/**
 * Undefined for tokenizers of another build (SentencePiece, WordPiece, words that depend on what stands before them, added
 * tokens that take white space with them): the library encodes their texts.
 */
export function wordEncoder(
  library: Library,
  { added_tokens: added, pre_tokenizer: step, model }: WordSteps,
  config: Readonly<Record<string, unknown>>,
): EncodeText | undefined {
  if (library.model === null || model.type !== 'BPE' || library.model.fuse_unk) return undefined;
  if (config['remove_space'] || config['do_lowercase_and_remove_accent']) return undefined;
  const cutWords = wordCutter(step);
  const cutSections = sectionCutter(added, library.normalizer);
  const around = { plain: aroundText(library, false), special: aroundText(library, true) };
  if (!cutWords || !cutSections || !around.plain || !around.special) return undefined;
  const idsOf = cachedWords(library, model);
  const push = (text: string, ids: number[]) => {
    for (const word of cutWords(text)) {
      const own = idsOf(word);
      if (typeof own === 'number') ids.push(own);
      else for (const id of own) ids.push(id);
    }
  };
  return (text, special) => {
    const { before, after } = special ? around.special! : around.plain!;
    const ids = [...before];
    cutSections(text, ids, push);
    for (const id of after) ids.push(id);
    return ids;
  };
}

/** The ids of a word: a number where it is one. */
function cachedWords(
  library: Library,
  model: WordSteps['model'],
): (word: string) => number | readonly number[] {
  const letters = new ByteLevelPreTokenizer({ type: 'ByteLevel', add_prefix_space: false, use_regex: false });
  const asked = (word: string): number[] =>
    (library.model!(letters(word)) as string[]).map((token) => library.token_to_id(token)!);
  const merge = model.ignore_merges ? undefined : byteMerger(model, (token) => library.token_to_id(token));
  const encode = (word: string): number | readonly number[] => {
    const ids = (word.length <= LONGEST_WORD ? merge?.(word) : undefined) ?? asked(word);
    return ids.length === 1 ? ids[0]! : ids;
  };
  const known = new Map<string, number | readonly number[]>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const ids = encode(word);
    if (word.length <= LONGEST_WORD) {
      if (known.size >= MOST_WORDS) known.clear();
      // A piece of a text may keep the whole text alive: a copy does not.
      known.set(JSON.parse(JSON.stringify(word)) as string, ids);
    }
    return ids;
  };
}

interface Step {
  readonly type: string;
  readonly pretokenizers?: readonly Step[];
  readonly use_regex?: boolean;
  readonly add_prefix_space?: boolean;
}

/** Cuts a text into the words of these steps; undefined unless they are splits and, at the end, bytes as letters. */
function wordCutter(step: Step | null | undefined): ((text: string) => readonly string[]) | undefined {
  const steps = flat(step);
  const last = steps.pop();
  if (last?.type !== 'ByteLevel' || last.use_regex !== false || last.add_prefix_space) return undefined;
  if (steps.some(({ type }) => type !== 'Split')) return undefined;
  const cuts = steps.map((split) => pieceCutter(new SplitPreTokenizer(split)));
  const [first, ...others] = cuts;
  if (first === undefined) return (text) => [text];
  return (text) => others.reduce((pieces, cut) => pieces.flatMap(cut), first(text));
}

function flat(step: Step | null | undefined): Step[] {
  if (!step) return [];
  return step.type === 'Sequence' ? (step.pretokenizers ?? []).flatMap(flat) : [step];
}

/** As the step itself cuts. Where its expression matches the whole text, piece by piece, `match` alone is quicker. */
function pieceCutter(split: LibraryStep): (text: string) => string[] {
  const { pattern, config } = split;
  const isolates = pattern !== null && !config.invert && config.behavior?.toLowerCase() !== 'removed';
  if (!isolates) return (text) => split(text);
  return (text) => {
    const pieces: string[] = text.match(pattern) ?? [];
    let length = 0;
    for (const piece of pieces) {
      if (piece === '') return split(text);
      length += piece.length;
    }
    return length === text.length ? pieces : split(text);
  };
}

/** The ids that the tokenizer's last step puts before and behind every text; undefined when it does anything else. */
function aroundText(
  library: Library,
  special: boolean,
): { readonly before: readonly number[]; readonly after: readonly number[] } | undefined {
  if (library.post_processor === null) return { before: [], after: [] };
  const text = '\u{E000}text\u{E001}';
  const { tokens } = library.post_processor([text], null, special);
  const at = tokens.indexOf(text);
  if (at < 0 || at !== tokens.lastIndexOf(text)) return undefined;
  const ids = (tokens as string[]).map((token) => library.token_to_id(token));
  const around = { before: ids.slice(0, at), after: ids.slice(at + 1) };
  const complete = [...around.before, ...around.after].every((id) => id !== undefined);
  return complete ? (around as { before: number[]; after: number[] }) : undefined;
}
