/**
 * The words that problems are told with. Few and short on purpose: the model in the box learns its language from them
 * with a tokenizer of 512 to 2,048 entries. Every generator draws from these lists; a word that only one generator
 * needs stays in its file.
 */
import type { RandomStream } from '../stats/random.ts';
import { between, pick } from './random-choice.ts';

export const NAMES: readonly string[] =
  'Ann Ben Cara Dan Eva Finn Gus Hana Ida Jon Kim Leo Mia Ned Ola Pam Rita Sam Tom Uma Vic Wes Yan Zoe'.split(
    ' ',
  );

/** Things one can hold; the plural adds an s. */
export const THINGS: readonly string[] =
  'ball bell book bowl card coin cup doll drum fork hat jar key lamp map mug pen pin ring rope shell spoon stamp toy'.split(
    ' ',
  );

/** Things that hold things. */
export const CONTAINERS: readonly string[] = 'bag basket box bucket case chest drawer tin'.split(' ');

/** "in the ..." */
export const PLACES: readonly string[] =
  'attic barn cellar garden hall kitchen office park school shed shop station tower yard'.split(' ');

export const COLOURS: readonly string[] =
  'black blue brown gold green grey pink purple red silver white yellow'.split(' ');

export const ANIMALS: readonly string[] =
  'bear bird cat cow deer dog duck fox frog goat hen horse mouse pig rabbit sheep'.split(' ');

export const FOODS: readonly string[] =
  'apple bean carrot cherry lemon melon nut pea pear plum potato tomato'.split(' ');

export const JOBS: readonly string[] =
  'baker doctor driver farmer guard nurse painter pilot singer teacher'.split(' ');

export const DAYS: readonly string[] = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** Invented kinds of things, each taking "a" and a plural s: nothing known about the world helps with them. */
export const KINDS: readonly string[] =
  'bim dov fep gax hul jat kib lom mub nez pim rof sut tev vod wap yig zam bruk clen drit flom grat plen snib trob'.split(
    ' ',
  );

/** Kept out of every problem, so that a clause about them can change nothing. */
export const ASIDE_NAMES: readonly string[] = ['Quinn', 'Xena', 'Boris', 'Lucy'];
export const ASIDE_THINGS: readonly string[] = ['kite', 'scarf', 'comb', 'flute'];
export const ASIDE_KINDS: readonly string[] = ['quob', 'strel', 'vlim', 'zund'];

/** A clause about people and things that no problem uses: `Quinn has 7 kites.` */
export function plainAside(random: RandomStream): string {
  const name = pick(random, ASIDE_NAMES);
  const thing = pick(random, ASIDE_THINGS);
  return `${name} ${pick(random, ['has', 'found', 'lost', 'sold'])} ${between(random, 2, 19)} ${thing}s.`;
}
