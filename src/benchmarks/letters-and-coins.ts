/**
 * Two symbolic tasks of Wei et al. 2022 (arXiv 2201.11903, section 5): last-letter concatenation and coin flips, each
 * with four names where the worked examples have two, which is the paper's test of going beyond the examples' length.
 * The paper's names are not published; the items are made here as it says, from a seed, and so are others than the 500
 * that Kojima et al. 2022 (kojima-takeshi188/zero_shot_cot) published.
 */
import { PythonRandom } from '../random/python-random.ts';
import { scoreLastLetters } from '../scoring/last-letters.ts';
import { scoreYesNo } from '../scoring/yes-no.ts';
import type { GeneratedBenchmark, GenerateItem } from './benchmark.ts';
import { FIRST_NAMES } from './first-names.table.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, loneItem } from './prompt.ts';
import type { Flaw } from './vocabulary.ts';

const SEED = 1;
const ITEMS = 500;
const NAMES = 4;

interface Problem {
  readonly question: string;
  readonly gold: string;
}

type Shot = readonly [names: readonly string[], answer: string];

const ask = (question: string): string => `Q: ${question}\nA:`;

function letters(names: readonly string[]): Problem {
  return {
    question: `Take the last letters of the words in "${names.join(' ')}" and concatenate them.`,
    gold: names.map((name) => name.at(-1)).join(''),
  };
}

const LETTER_SHOTS: readonly Shot[] = ['Elon Musk', 'Larry Page', 'Sergey Brin', 'Bill Gates'].map(
  (words) => {
    const names = words.split(' ');
    const said = names.map((name) => `The last letter of "${name}" is "${name.at(-1)}".`).join(' ');
    const { gold } = letters(names);
    return [names, `${said} Concatenating them is "${gold}". The answer is ${gold}.`];
  },
);

function coin(moves: readonly (readonly [name: string, flips: boolean])[]): Problem {
  const told = moves.map(([name, flips]) => `${name} ${flips ? 'flips' : 'does not flip'} the coin.`);
  const even = moves.filter(([, flips]) => flips).length % 2 === 0;
  return {
    question: `A coin is heads up. ${told.join(' ')} Is the coin still heads up?`,
    gold: even ? 'yes' : 'no',
  };
}

/** The paper's examples: a plus where the person flips; its wording has "still" in some. */
const COIN_SHOTS: readonly (readonly [moves: string, reason: string])[] = [
  ['Ka+ Sherrie+', 'still '],
  ['Jamey+ Teressa+', ''],
  ['Maybelle+ Shalonda-', ''],
  ['Millicent- Conception+', ''],
  ['Sal+ Raymond-', ''],
  ['Conception+ Kristian-', ''],
  ['Inga- Elanor-', ''],
  ['Ryan+ Shaunda+', 'still '],
];

function coinShot([words, still]: (typeof COIN_SHOTS)[number]): { question: string; answer: string } {
  const moves = words.split(' ').map((word): [string, boolean] => [word.slice(0, -1), word.endsWith('+')]);
  const { question, gold } = coin(moves);
  const flippers = moves.filter(([, flips]) => flips).map(([name]) => name);
  const count = flippers.length;
  const by = count === 0 ? 'no one' : flippers.join(' and ');
  const times = `The coin was flipped by ${by}. So the coin was flipped ${count} time${count === 1 ? '' : 's'}`;
  const rest =
    count === 0
      ? '. The coin started heads up, and it was not flipped, so it is still heads up.'
      : count % 2 === 1
        ? ', which is an odd number. The coin started heads up, so after an odd number of flips, it will be tails up.'
        : `, which is an even number. The coin started heads up, so after an even number of flips, it will ${still}be heads up.`;
  return { question: ask(question), answer: `${times}${rest} So the answer is ${gold}.` };
}

/** The first `count` problems, each drawn from the stream after the one before it. */
function items(
  count: number,
  draw: (random: PythonRandom) => Problem,
  shots: readonly { readonly question: string; readonly answer: string }[],
): GenerateItem[] {
  const random = new PythonRandom(SEED);
  const problems = Array.from({ length: Math.min(count, ITEMS) }, () => draw(random));
  const ids = uniqueIds(problems.map(({ question }) => hashId(question)));
  return problems.map(({ question, gold }, index) => ({
    ...loneItem(ids[index]!, index, buildPrompt({ shots, question: ask(question) })),
    stop: ['Q:', '</s>', '<|im_end|>'],
    maxTokens: 256,
    gold,
  }));
}

const shared = {
  domain: 'symbolic',
  clusterKey: 'item',
  kind: 'generate',
  format: 'worked',
  paper: 'Wei et al. 2022, arXiv 2201.11903',
  licence: 'Apache-2.0',
  size: ITEMS,
  metric: 'exact_match',
} as const;

const OWN: Flaw = {
  kind: 'set-up',
  text: 'Made here as the paper says: scores are near, not equal, to those on other published items.',
};

export const lastLetters: GeneratedBenchmark = {
  ...shared,
  name: 'last_letters',
  answer: 'words',
  title: 'Last letters of four words',
  abilities: ['string-manipulation'],
  why: 'Each word is taken apart and the pieces are put together: a procedure that no memory of texts replaces.',
  flaws: [OWN, { kind: 'form', text: 'Tokens hide letters: part of the score is about the tokenizer.' }],
  chance: 0,
  source:
    'Wei et al. 2022, table 22: 4 worked examples with two words; answers read as in kojima-takeshi188/zero_shot_cot, utils.py',
  generated: { generator: 'last_letters', split: 'test', seed: SEED },
  make: (count) =>
    items(
      count,
      (random) => letters(random.sample(FIRST_NAMES, NAMES)),
      LETTER_SHOTS.map(([names, answer]) => ({ question: ask(letters(names).question), answer })),
    ),
  score: (output, item, options) => scoreLastLetters(output, String(item.gold), options?.ending),
};

export const coinFlip: GeneratedBenchmark = {
  ...shared,
  name: 'coin_flip',
  answer: 'yes-no',
  title: 'Coin flips by four people',
  abilities: ['state-tracking', 'counting'],
  why: 'A state of two values is followed through four moves: exact bookkeeping with nothing to know.',
  abilityReasons: {
    'state-tracking': 'The coin is followed from one move to the next.',
    counting: 'Or the flips are counted, and an even number leaves it as it was.',
  },
  flaws: [OWN, { kind: 'artefacts', text: "Two answers: half of a guesser's are right." }],
  chance: 0.5,
  source:
    'Wei et al. 2022, table 23: 8 worked examples with two people; answers read as in kojima-takeshi188/zero_shot_cot, utils.py',
  generated: { generator: 'coin_flip', split: 'test', seed: SEED },
  make: (count) =>
    items(
      count,
      (random) => coin(random.sample(FIRST_NAMES, NAMES).map((name) => [name, random.randbelow(2) === 1])),
      COIN_SHOTS.map(coinShot),
    ),
  score: (output, item, options) => scoreYesNo(output, String(item.gold), options?.ending),
};
