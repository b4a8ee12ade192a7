/** An index of benchmark items in which the items that a training row holds are found, by every layer. */
import type { ItemText } from './item-texts.ts';
import { LAYERS, type Layer, type LayerActions } from './layers.ts';
import { NearIndex } from './near-index.ts';
import { hasDigit, mix, normalise, type Words, wordsOf } from './normalise.ts';
import { GRAM, PassageIndex, type PassageMatch } from './passage-index.ts';
import { Postings } from './postings.ts';
import type { Turn } from './row-turns.ts';
import { templateOf } from './template.ts';

/** Where an item that was found comes from. */
export interface Owner {
  readonly benchmark: string;
  readonly item: string;
}

export interface Hit {
  readonly layer: Layer;
  /** Share of the item found, 0 to 1: covered words; for `near` the similarity; 1 where all of it is there. */
  readonly overlap: number;
  /** The row's text and the item's. */
  readonly text: string;
  readonly match: string;
  /** Every item with this text. */
  readonly owners: readonly Owner[];
}

/** A long run that counts whatever it covers: Brown et al. 2020, arXiv 2005.14165, appendix C. */
const LONG_RUN = 13;
/** Share of an item that shorter runs must cover: Lambert et al. 2024, arXiv 2411.15124, section 3.2. */
const COVERED = 0.5;
/** The same for solutions: programs and calculations share half of their words with many others. */
const SOLUTION_COVERED = 0.8;
/** Templates of fewer words are like too many others. */
const TEMPLATE_WORDS = 8;
const TEMPLATE_PLAIN = 5;

/** Words that people put before or behind a question on one line; they are no part of it. */
const LABELS = /^(?:question|problem|q|input|user|human|task|instruction) | (?:answer|a|solution)$/g;

interface Entry {
  readonly text: string;
  readonly owners: Owner[];
  readonly solution: boolean;
  /** Whether it is another problem when its numbers are others: so it is in mathematics. */
  numbered: boolean;
  /** Words of the question alone; choices follow. */
  readonly stem: number;
  /** By `PassageIndex.telling`, counted when first needed: words that tell, of the stem and of all. */
  telling?: { readonly stem: number; readonly all: number };
}

export class Decontaminator {
  readonly #entries: Entry[] = [];
  /** Entry by normalised question and choices, for texts that several benchmarks share. */
  readonly #known = new Map<string, number>();
  readonly #exact = new Map<string, number[]>();
  readonly #passages = new PassageIndex();
  readonly #clusters = new Map<string, number>();
  readonly #templates: { readonly entry: number; readonly hashes: Uint32Array }[] = [];
  readonly #templateStarts = new Postings();
  readonly #near = new NearIndex();
  readonly #actions: LayerActions;

  constructor(actions: LayerActions) {
    this.#actions = actions;
  }

  /** Different texts in the index. */
  get size(): number {
    return this.#entries.length;
  }

  /** `templates`: whether its questions are problems whose numbers may be changed. */
  add(benchmark: string, items: readonly ItemText[], { templates }: { readonly templates: boolean }): void {
    for (const { item, cluster, questions, choices, solution } of items) {
      const owner = { benchmark, item };
      for (const question of questions) this.#addQuestion(owner, cluster, question, choices, templates);
      if (solution !== '') this.#addPassage(owner, cluster, solution, '', { solution: true, templates });
    }
  }

  #addQuestion(owner: Owner, cluster: string, question: string, choices: string, templates: boolean): void {
    const entry = this.#addPassage(owner, cluster, question, choices, { solution: false, templates });
    if (entry === undefined) return;
    for (const text of new Set([normalise(question), normalise(`${question}\n${choices}`)])) {
      const same = this.#exact.get(text);
      if (same) same.push(entry);
      else if (text !== '') this.#exact.set(text, [entry]);
    }
    if (templates) this.#addTemplate(entry, question);
    if (this.#actions.near === 'off') return;
    const words = wordsOf(withoutDrawings(question));
    this.#near.add(entry, words.hashes);
    if (choices !== '') this.#near.add(entry, wordsOf(`${question}\n${choices}`).hashes);
  }

  /** The number of a new entry; undefined where there was one with this text. */
  #addPassage(
    owner: Owner,
    cluster: string,
    question: string,
    choices: string,
    { solution, templates }: { readonly solution: boolean; readonly templates: boolean },
  ): number | undefined {
    const text = choices === '' ? question : `${question}\n${choices}`;
    const key = `${solution ? 'solution' : 'question'} ${normalise(text)}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      const entry = this.#entries[known]!;
      entry.owners.push(owner);
      // One mathematical benchmark that asks it makes it a problem, whichever comes first.
      if (templates && !entry.numbered) {
        entry.numbered = true;
        if (!solution) this.#addTemplate(known, question);
      }
      return undefined;
    }
    const group = this.#clusters.get(cluster) ?? this.#clusters.size;
    this.#clusters.set(cluster, group);
    const entry = this.#passages.add(wordsOf(withoutDrawings(text)).hashes, group);
    const stem = solution ? 0 : wordsOf(withoutDrawings(question)).hashes.length;
    this.#entries.push({ text, owners: [owner], solution, numbered: templates, stem });
    this.#known.set(key, entry);
    return entry;
  }

  #addTemplate(entry: number, question: string): void {
    if (this.#actions.template === 'off') return;
    const { hashes, numbers, plain } = templateOf(wordsOf(withoutDrawings(question)));
    if (numbers === 0 || hashes.length < TEMPLATE_WORDS || plain < TEMPLATE_PLAIN) return;
    const number = this.#templates.push({ entry, hashes }) - 1;
    this.#templateStarts.add(startKey(hashes, 0), number);
  }

  /** What the turns of a row hold: for each item the surest layer that found it, surest first. */
  hits(turns: readonly Turn[]): Hit[] {
    if (this.size === 0) return [];
    const found = new Map<number, Hit>();
    const see = (entry: number, layer: Layer, overlap: number, text: string): void => {
      if (this.#actions[layer] === 'off') return;
      const before = found.get(entry);
      if (before && rank(before.layer) < rank(layer)) return;
      if (before && before.layer === layer && before.overlap >= overlap) return;
      const { text: match, owners } = this.#entries[entry]!;
      found.set(entry, { layer, overlap, text, match, owners });
    };
    for (const { side, text } of turns) {
      const words = wordsOf(text);
      this.#findRuns(words, see);
      if (side === 'answer') continue;
      this.#findExact(text, see);
      if (this.#actions.template !== 'off') this.#findTemplates(words, see);
      if (this.#actions.near === 'off') continue;
      this.#near.find(words.hashes, (entry, similarity) => see(entry, 'near', similarity, excerpt(words)));
    }
    return [...found.values()].sort((a, b) => rank(a.layer) - rank(b.layer) || b.overlap - a.overlap);
  }

  #findExact(text: string, see: See): void {
    const whole = normalise(text);
    const lines = text.includes('\n') ? text.split('\n').map(normalise).filter(mayAsk) : [];
    for (const one of new Set([whole, ...lines].flatMap((line) => [line, line.replace(LABELS, '')]))) {
      for (const entry of this.#exact.get(one) ?? []) see(entry, 'exact', 1, text);
    }
  }

  #findRuns(words: Words, see: See): void {
    let numbers: ReadonlySet<number> | undefined;
    for (const match of this.#passages.matches(words.hashes)) {
      const entry = this.#entries[match.passage]!;
      const found = this.#judgeRuns(match, entry);
      if (!found) continue;
      const item = this.#passages.words(match.passage);
      const asked = entry.solution ? item : item.subarray(0, entry.stem);
      numbers ??= new Set(words.hashes.filter(hasDigit));
      const changed = entry.numbered && hasOtherNumbers(asked, numbers);
      const shown = excerpt(words, match.at[0]!, match.at.at(-1)! + GRAM);
      see(match.passage, changed ? 'template' : found.layer, found.overlap, shown);
    }
  }

  #judgeRuns(
    match: PassageMatch,
    entry: Entry,
  ): { readonly layer: 'ngram13' | 'ngram8'; readonly overlap: number } | undefined {
    const telling = this.#tellingOf(match.passage, entry);
    const all = covered(match.in, Number.POSITIVE_INFINITY);
    const run = longestRun(match);
    if (entry.solution) {
      return run >= LONG_RUN && all >= SOLUTION_COVERED * telling.all
        ? { layer: 'ngram8', overlap: Math.min(1, all / telling.all) }
        : undefined;
    }
    // A question too short for a run is found by runs that reach into its choices: they say nothing about it.
    const inStem = entry.stem < GRAM ? 0 : covered(match.in, entry.stem);
    const overlap = Math.min(1, Math.max(inStem / Math.max(1, telling.stem), all / telling.all));
    if (run >= LONG_RUN) return { layer: 'ngram13', overlap };
    // Of a short question all must be there: half of one is the beginning of many.
    const enough = overlap === 1 || (overlap >= COVERED && Math.max(inStem, all) >= LONG_RUN);
    return enough ? { layer: 'ngram8', overlap } : undefined;
  }

  #tellingOf(passage: number, entry: Entry): NonNullable<Entry['telling']> {
    if (!entry.telling) {
      const telling = this.#passages.telling(passage);
      const count = (words: Uint8Array): number => words.reduce((sum, bit) => sum + bit, 0);
      entry.telling = { stem: count(telling.subarray(0, entry.stem)), all: count(telling) };
    }
    return entry.telling;
  }

  #findTemplates(words: Words, see: See): void {
    const { hashes, numbers } = templateOf(words);
    if (numbers === 0) return;
    for (let at = 0; at + TEMPLATE_WORDS <= hashes.length; at++) {
      this.#templateStarts.some(startKey(hashes, at), (number) => {
        const { entry, hashes: wanted } = this.#templates[number]!;
        if (wanted.every((hash, i) => hashes[at + i] === hash)) {
          see(entry, 'template', 1, excerpt(words));
        }
        return false;
      });
    }
  }
}

type See = (entry: number, layer: Layer, overlap: number, text: string) => void;

const rank = (layer: Layer): number => LAYERS.indexOf(layer);

/** A line of fewer words may be a title or a name that is no question. */
const LINE_WORDS = 5;

/** Long enough to be a question. Runs of words do not find those that are short, or but numbers and signs. */
const mayAsk = (line: string): boolean => line.split(' ', LINE_WORDS).length === LINE_WORDS;

/** Words of a passage that runs cover, of its first `limit` words. `starts`: where the runs begin. */
function covered(starts: readonly number[], limit: number): number {
  let count = 0;
  let end = 0;
  for (const start of [...starts].sort((a, b) => a - b)) {
    const from = Math.max(start, end);
    const to = Math.min(start + GRAM, limit);
    if (to > from) count += to - from;
    end = Math.max(end, start + GRAM);
  }
  return count;
}

/** Whether a number of an item stands nowhere in the text: then it is the same problem with other numbers. */
function hasOtherNumbers(item: Uint32Array, text: ReadonlySet<number>): boolean {
  return item.some((word) => hasDigit(word) && !text.has(word));
}

/** The programs that draw the figures of MATH are alike, whatever is asked about the figure. */
const DRAWING = /\[asy\].*?(?:\[\/asy\]|$)/gs;
const withoutDrawings = (text: string): string => text.replace(DRAWING, ' ');

/** Words of the longest stretch that is the same in text and passage. */
function longestRun({ at, in: places }: PassageMatch): number {
  let longest = 0;
  const running = new Map<number, { at: number; length: number }>();
  for (let i = 0; i < at.length; i++) {
    const shift = places[i]! - at[i]!;
    const before = running.get(shift);
    const length = before && before.at === at[i]! - 1 ? before.length + 1 : 1;
    running.set(shift, { at: at[i]!, length });
    longest = Math.max(longest, length);
  }
  return longest + GRAM - 1;
}

/** Characters of an excerpt at most, and of what stands around it. */
const EXCERPT = 2000;
const AROUND = 80;

/** The words `from` to `to` of a text with a little around them. */
function excerpt({ text, starts, ends }: Words, from = 0, to = starts.length): string {
  const begin = Math.max(0, (starts[from] ?? 0) - AROUND);
  const end = Math.min(text.length, (ends[to - 1] ?? text.length) + AROUND, begin + EXCERPT);
  return `${begin > 0 ? '…' : ''}${text.slice(begin, end)}${end < text.length ? '…' : ''}`;
}

function startKey(hashes: Uint32Array, at: number): number {
  let key = 0;
  for (let i = 0; i < TEMPLATE_WORDS; i++) key = Math.imul(key ^ hashes[at + i]!, 0x9e3779b1) ^ (key >>> 13);
  return mix(key);
}
