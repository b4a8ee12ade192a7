/**
 * Detects languages as Python's langdetect 1.0.9 does (its detector.py and utils/ngram.py, after Shuyo's
 * language-detection, 2010): character n-grams of 1 to 3, naive Bayes on n-grams drawn at random in seven trials. The
 * original draws from the clock unless it is seeded; here every detection starts from seed 0, as its README recommends.
 * Profiles are those of the npm package langdetect-js: the original's own, without Catalan and Welsh.
 */
import { packageData } from '../../../platform/package-data.ts';
import { PythonRandom } from '../../../random/python-random.ts';
import { normalise, shorten, withoutLatinIfRare } from './langdetect-text.ts';

/** All profiles in the order in which ties are broken. */
export const LANGUAGES: readonly string[] = (
  'af ar bg bn cs da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr ne nl no pa pl pt ro ru sk ' +
  'sl so sq sv sw ta te th tl tr uk ur vi zh-cn zh-tw'
).split(' ');

const TRIALS = 7;
const ALPHA = 0.5;
const ALPHA_WIDTH = 0.05;
const ITERATIONS = 1000;
const CONVERGED = 0.99999;
const BASE_FREQUENCY = 10000;
const LEAST = 0.1;
const UPPER = /^\p{Uppercase}$/u;

/** Per n-gram: indices of languages and how frequent it is there. Languages without it are left out. */
type Frequencies = ReadonlyMap<string, { readonly languages: number[]; readonly shares: number[] }>;
let loaded: Frequencies | null = null;

function profiles(): Frequencies {
  if (loaded) return loaded;
  const table = new Map<string, { languages: number[]; shares: number[] }>();
  LANGUAGES.forEach((name, language) => {
    const { freq, n_words } = JSON.parse(packageData('langdetect-js', `profiles/${name}`)) as {
      freq: Record<string, number>;
      n_words: number[];
    };
    for (const [gram, count] of Object.entries(freq)) {
      const length = [...gram].length;
      if (length > 3) continue;
      const entry = table.get(gram) ?? { languages: [], shares: [] };
      table.set(gram, entry);
      entry.languages.push(language);
      entry.shares.push(count / n_words[length - 1]!);
    }
  });
  loaded = table;
  return table;
}

/** The code of the likeliest language, `unknown` when none is likely, null when the text holds nothing to go by. */
export function detectLanguage(text: string): string | null {
  const grams = knownGrams(text);
  if (grams.length === 0) return null;
  const random = new PythonRandom(0);
  const sums = new Float64Array(LANGUAGES.length);
  for (let trial = 0; trial < TRIALS; trial++) {
    const likelihood = new Float64Array(LANGUAGES.length).fill(1 / LANGUAGES.length);
    const weight = (ALPHA + random.gauss() * ALPHA_WIDTH) / BASE_FREQUENCY;
    for (let i = 0; ; i++) {
      update(likelihood, grams[random.randbelow(grams.length)]!, weight);
      if (i % 5 === 0 && (rescale(likelihood) > CONVERGED || i >= ITERATIONS)) break;
    }
    for (const [i, share] of likelihood.entries()) sums[i]! += share / TRIALS;
  }
  const best = sums.reduce((at, sum, i) => (sum > sums[at]! ? i : at), 0);
  return sums[best]! > LEAST ? LANGUAGES[best]! : 'unknown';
}

/**
 * The same model without its draws: every n-gram counts once, so a text always has the same language and a long one is
 * not judged by a few of its letters.
 */
export function likeliestLanguage(text: string): string | null {
  const grams = knownGrams(text);
  if (grams.length === 0) return null;
  const logs = new Float64Array(LANGUAGES.length);
  const weight = ALPHA / BASE_FREQUENCY;
  const floor = Math.log(weight);
  for (const gram of grams) {
    const { languages, shares } = profiles().get(gram)!;
    languages.forEach((language, i) => {
      logs[language]! += Math.log(weight + shares[i]!) - floor;
    });
  }
  return LANGUAGES[logs.reduce((at, log, i) => (log > logs[at]! ? i : at), 0)]!;
}

function update(likelihood: Float64Array, gram: string, weight: number): void {
  const { languages, shares } = profiles().get(gram)!;
  let next = 0;
  for (let i = 0; i < likelihood.length; i++) {
    const share = languages[next] === i ? shares[next++]! : 0;
    likelihood[i]! *= weight + share;
  }
}

/** Makes the likelihoods sum to 1; returns the largest. */
function rescale(likelihood: Float64Array): number {
  const sum = likelihood.reduce((total, share) => total + share, 0);
  let largest = 0;
  for (let i = 0; i < likelihood.length; i++) {
    likelihood[i]! /= sum;
    largest = Math.max(largest, likelihood[i]!);
  }
  return largest;
}

/** The text's n-grams that some profile knows, in order, with repetitions. Words all in capitals give few. */
function knownGrams(text: string): string[] {
  const known = profiles();
  const found: string[] = [];
  let grams = [' '];
  let capitals = false;
  for (const char of withoutLatinIfRare(shorten(text))) {
    const next = normalise(char);
    const last = grams.at(-1)!;
    let skipped = false;
    if (last === ' ') {
      grams = [' '];
      capitals = false;
      skipped = next === ' ';
    } else if (grams.length >= 3) grams.shift();
    if (!skipped) {
      grams.push(next);
      capitals = UPPER.test(next) && (capitals || UPPER.test(last));
    }
    if (capitals) continue;
    for (let n = 1; n <= grams.length; n++) {
      const gram = grams.slice(-n).join('');
      if (gram !== ' ' && known.has(gram)) found.push(gram);
    }
  }
  return found;
}
