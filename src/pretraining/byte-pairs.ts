/**
 * Byte-pair encoding learned from words and their counts (Sennrich, Haddow and Birch 2016, arXiv 1508.07909): again
 * and again the most frequent pair of neighbours becomes a token. Of equally frequent pairs the one whose text comes
 * first is taken, so that the same words give the same merges on every machine.
 */

/** A pair of tokens that become one. */
export type Merge = readonly [string, string];

interface Word {
  readonly count: number;
  symbols: string[];
}

/**
 * At most `count` merges, in the order in which they apply. Fewer when no pair is left that occurs twice.
 * `words`: each in byte letters, with how often it occurs.
 */
export function learnMerges(words: ReadonlyMap<string, number>, count: number): Merge[] {
  const list: Word[] = [...words].map(([word, occurs]) => ({ count: occurs, symbols: [...word] }));
  const counts = new Map<string, number>();
  /** Words in which a pair stood at some time. */
  const where = new Map<string, Set<Word>>();
  const add = (pair: string, word: Word, times: number): void => {
    counts.set(pair, (counts.get(pair) ?? 0) + times);
    const found = where.get(pair);
    if (found) found.add(word);
    else where.set(pair, new Set([word]));
  };
  for (const word of list) for (const pair of pairsOf(word)) add(pair, word, word.count);
  const merges: Merge[] = [];
  while (merges.length < count) {
    const best = mostFrequent(counts);
    if (best === undefined) break;
    const merge = best.split(' ') as [string, string];
    merges.push(merge);
    for (const word of where.get(best) ?? []) {
      for (const pair of pairsOf(word)) counts.set(pair, counts.get(pair)! - word.count);
      word.symbols = merged(word.symbols, merge);
      for (const pair of pairsOf(word)) add(pair, word, word.count);
    }
    counts.delete(best);
    where.delete(best);
  }
  return merges;
}

/** Byte letters hold no space, so it can stand between the two. */
function pairsOf({ symbols }: Word): string[] {
  return symbols.slice(1).map((symbol, at) => `${symbols[at]} ${symbol}`);
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  let most = 1;
  for (const [pair, count] of counts) {
    if (count > most || (count === most && best !== undefined && pair < best)) [best, most] = [pair, count];
  }
  return best;
}

function merged(symbols: readonly string[], [left, right]: Merge): string[] {
  const out: string[] = [];
  for (let at = 0; at < symbols.length; at++) {
    const together = symbols[at] === left && symbols[at + 1] === right;
    out.push(together ? left + right : symbols[at]!);
    if (together) at++;
  }
  return out;
}
