/** Mechanical changes to a question, for measuring which of them a search for contamination still sees through. */
import type { RandomStream } from '../src/stats/random.ts';

export type Perturbation = (text: string, random: RandomStream) => string;

const SYNONYMS: Readonly<Record<string, string>> = Object.fromEntries(
  'many:numerous total:overall find:determine calculate:compute buys:purchases bought:purchased gives:hands gave:handed large:big small:little begins:starts ends:finishes makes:produces needs:requires which:what following:below most:best likely:probable because:since however:yet also:too each:every day:24-hour-day friends:pals children:kids house:home money:cash cost:price costs:prices sold:marketed sells:markets left:remaining more:additional less:fewer whole:entire value:amount statement:claim reason:cause effect:result example:instance person:individual people:folks man:gentleman woman:lady work:labour job:task quickly:rapidly easy:simple hard:difficult write:create function:routine return:give list:sequence string:text number:count numbers:counts time:period way:manner part:portion group:set place:location water:liquid car:vehicle school:academy teacher:instructor student:pupil students:pupils shop:store walk:stroll run:sprint eat:consume happy:glad same:identical different:distinct begin:start during:throughout before:prior after:following about:concerning if:provided'
    .split(' ')
    .map((pair) => pair.split(':')),
);
const SMALL = new Set('a an the that which of then also very so some'.split(' '));
const FILLERS = ['actually', 'basically', 'now', 'of course', 'as it were', 'in fact'];
const DIGITS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Applies `change` to the letters of each word; spaces and punctuation stay. */
function eachWord(text: string, change: (word: string, at: number) => string): string {
  let at = 0;
  return text.replace(/[A-Za-z]+/g, (word) => change(word, at++));
}

const like = (word: string, other: string): string =>
  /^[A-Z]/.test(word) ? other[0]!.toUpperCase() + other.slice(1) : other;

const synonyms: Perturbation = (text) =>
  eachWord(text, (word) => {
    const other = SYNONYMS[word.toLowerCase()];
    return other === undefined ? word : like(word, other);
  });

const fillers: Perturbation = (text, random) =>
  text.replace(/ /g, () => (random.below(8) === 0 ? ` ${FILLERS[random.below(FILLERS.length)]} ` : ' '));

const reordered: Perturbation = (text) => {
  const sentences = text.split(/(?<=[.?!]) +/);
  return [...sentences.slice(-1), ...sentences.slice(0, -1)].join(' ');
};

/** The ten ways of wording a question anew. */
export const REWORDINGS: Readonly<Record<string, Perturbation>> = {
  framed: (text) =>
    `Please read the problem below carefully and answer it step by step.\n\n${text}\n\nExplain your reasoning before you give the result.`,
  synonyms,
  fillers,
  'small words dropped': (text) =>
    eachWord(text, (word) => (SMALL.has(word) ? '' : word)).replace(/ {2,}/g, ' '),
  'a typo in every ninth word': (text) =>
    eachWord(text, (word, at) =>
      at % 9 === 4 && word.length > 3 ? word[0]! + word[2]! + word[1]! + word.slice(3) : word,
    ),
  'two words swapped in every ten': (text) => {
    const words = text.split(' ');
    for (let at = 4; at + 1 < words.length; at += 10)
      [words[at], words[at + 1]] = [words[at + 1]!, words[at]!];
    return words.join(' ');
  },
  'last sentence first': reordered,
  'numbers spelled out': (text) =>
    text.replace(/\b\d+\b/g, (number) => DIGITS[Number(number)] ?? `${number}.0`),
  'every seventh word another': (text, random) =>
    eachWord(text, (word, at) =>
      at % 7 === 3 ? `${String.fromCharCode(97 + random.below(26))}${word.slice(0, 2)}ox` : word,
    ),
  'synonyms, fillers and order': (text, random) => fillers(synonyms(reordered(text, random), random), random),
};

/** Other case, other white space; full stops, commas, quotes and question marks gone or doubled. */
export const caseAndPunctuation: Perturbation = (text, random) => {
  const cased = random.below(2) === 0 ? text.toUpperCase() : text.toLowerCase();
  const marks =
    random.below(2) === 0 ? cased.replace(/(?<!\d)[.,?!"“”](?!\d)/g, '') : cased.replace(/[?!]/g, '$&$&');
  return marks.replace(/ /g, () => (random.below(10) === 0 ? '\n' : ' '));
};

/** Every number another one, of about as many digits. */
export const otherNumbers: Perturbation = (text, random) =>
  text.replace(/\d+/g, (digits) => {
    const span = 9 * 10 ** Math.min(6, digits.length - 1);
    const other = 10 ** Math.min(6, digits.length - 1) + random.below(span);
    return String(String(other) === digits ? other + 1 : other);
  });
