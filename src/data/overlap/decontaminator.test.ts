import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decontaminator } from './decontaminator.ts';
import type { ItemText } from './item-texts.ts';
import { DEFAULT_ACTIONS, type LayerActions } from './layers.ts';

const item = (of: Partial<ItemText> & Pick<ItemText, 'questions'>): ItemText => ({
  item: 'i',
  cluster: of.questions[0]!,
  choices: '',
  solution: '',
  ...of,
});

const BAKER =
  'Anna bakes 12 loaves of rye bread every morning and sells each of them for 3 dollars at the market. How many dollars does she take home after a week of seven days?';
const FOX =
  'The quick brown fox that lives behind the mill jumps over the lazy dog of the old miller twice a day';

function index(items: readonly ItemText[], actions: LayerActions = DEFAULT_ACTIONS): Decontaminator {
  const made = new Decontaminator(actions);
  made.add('own', items, { templates: true });
  return made;
}

/** The surest layer that finds something in a question, with the overlap. */
function surest(made: Decontaminator, text: string, side: 'question' | 'answer' = 'question'): string {
  const [hit] = made.hits([{ side, text }]);
  return hit ? `${hit.layer} ${hit.overlap.toFixed(2)}` : 'nothing';
}

const problem = index([item({ questions: [BAKER] })]);

const CODE =
  'Return the list of all x in xs where 0 < x && x <= limit, as in f(&xs, "a", 3) == [1, 2, 3]; the order of the numbers stays as it is in the list that was given.';
const coded = index([item({ questions: [CODE] })]);
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&#34;').replace(/'/g, '&#39;');

it.each([
  ['a copy', escaped(CODE), 'exact 1.00'],
  ['a copy of a copy', escaped(escaped(CODE)), 'exact 1.00'],
  [
    'a copy in a page',
    `Please solve:&nbsp;${escaped(CODE).replaceAll(' ', '&nbsp;')} Thank you!`,
    'ngram13 1.00',
  ],
])('%s with the references of HTML', (_, text, expected) => {
  expect(surest(coded, text)).toBe(expected);
  expect(surest(index([item({ questions: [text] })]), CODE)).not.toBe('nothing');
});

it.each([
  ['the question itself', BAKER, 'exact 1.00'],
  ['other case and punctuation', BAKER.toUpperCase().replace(/[.?]/g, ' !'), 'exact 1.00'],
  ['the question behind its label', `Question: ${BAKER}\nAnswer:`, 'exact 1.00'],
  ['the question inside a longer text', `Solve this for me, please. ${BAKER} Thank you!`, 'ngram13 1.00'],
  [
    'other numbers and another name',
    BAKER.replace('12', '250').replace('3 d', '4.5 d').replace('Anna', 'Paul').replace('she', 'he'),
    'template 1.00',
  ],
  [
    'most words in another order',
    BAKER.split(/(?<=[.]) /)
      .reverse()
      .join(' ')
      .replace(/ (\w+) (\w+)/g, ' $2 $1'),
    'near 1.00',
  ],
  [
    'another problem',
    'Anna bakes a cake with 3 eggs and 200 grams of flour for her friend Tom. How much does the cake weigh?',
    'nothing',
  ],
])('%s', (_, text, expected) => {
  expect(surest(problem, text)).toBe(expected);
});

it('takes a long run for a template where a number of the problem is missing', () => {
  const text = BAKER.replace('12', '250').replace('rye bread', 'rye and oat bread');
  expect(problem.hits([{ side: 'question', text }])[0]).toMatchObject({
    layer: 'template',
    owners: [{ item: 'i' }],
  });
  const same = BAKER.replace('rye bread', 'rye and oat bread');
  expect(problem.hits([{ side: 'question', text: same }])[0]).toMatchObject({ layer: 'ngram13' });
});

it.each([[[true, false]], [[false, true]]])(
  'a problem that another benchmark asks too is one, whichever is read first (%j)',
  (mathematical) => {
    const made = new Decontaminator(DEFAULT_ACTIONS);
    for (const templates of mathematical)
      made.add(`b${templates}`, [item({ questions: [BAKER] })], { templates });
    expect(surest(made, BAKER.replace('12', '15'))).toBe('template 1.00');
    const [hit] = made.hits([{ side: 'question', text: BAKER }]);
    expect(hit?.owners.map(({ benchmark }) => benchmark).sort()).toEqual(['bfalse', 'btrue']);
  },
);

it('passes over the programs that draw figures', () => {
  const drawing =
    '[asy] size(150); real ticklen=3; real tickspace=2; real ticklength=0.1cm; pen axispen=black+1.3bp; draw(a--b); [/asy]';
  const made = index([item({ questions: [`What is the area of the shaded part? ${drawing}`] })]);
  expect(surest(made, `How long is the red line? ${drawing}`)).toBe('nothing');
});

it('finds a problem with other numbers by its template where no long run is left', () => {
  const short = index([item({ questions: ['What is the greatest common divisor of 24 and 36 and 60?'] })]);
  expect(surest(short, 'What is the greatest common divisor of 8 and 14 and 22?')).toBe('template 1.00');
});

describe('short questions', () => {
  const made = index([
    item({ questions: ['Why is the sky blue?'], choices: 'A. scattering\nB. reflection' }),
    item({ questions: ['The Dark Knight'] }),
  ]);

  it.each([
    ['a whole turn', 'why is the sky BLUE', 'exact 1.00'],
    ['a line of one', 'Give a cause:\n\nWhy is the sky blue?', 'exact 1.00'],
    ['with its choices', 'Why is the sky blue? A. Scattering, B. Reflection', 'exact 1.00'],
    ['inside a sentence: too likely by chance', 'Tell me why is the sky blue and not green', 'nothing'],
    ['a title on a line of its own', 'Review this movie.\nThe Dark Knight', 'nothing'],
  ])('%s', (_, text, expected) => {
    expect(surest(made, text)).toBe(expected);
  });
});

it('finds a line of numbers and signs, which no run of words finds', () => {
  const question = 'Evaluate 12 + 34 - 56 * 78 / 90 + 12 - 34 * 56 + 7 for me.';
  const made = index([item({ questions: [question] })]);
  const typeset = question.replaceAll('*', '×').replaceAll('-', '−');
  expect(surest(made, `One more task:\n${typeset}\nShow your work.`)).toBe('exact 1.00');
  expect(surest(made, `One more task:\n${question.replace('+ 34', '- 34')}`)).not.toContain('exact');
});

it('needs all of a question that is shorter than a long run', () => {
  const question = 'Which of the following is not a feature of globalization today?';
  const made = index([item({ questions: [question] })], { ...DEFAULT_ACTIONS, near: 'off' });
  expect(surest(made, `Say it: ${question} And why?`)).toBe('ngram8 1.00');
  expect(surest(made, question.replace('globalization today', 'a park'))).toBe('nothing');
});

it('needs half of a longer one to be covered by shorter runs', () => {
  const made = index([item({ questions: [FOX] })]);
  const halved = FOX.split(' ').map((one, i) => (i === 9 ? 'runs' : one));
  expect(surest(made, halved.join(' '))).toBe('ngram8 0.95');
  expect(
    surest(made, `${FOX.split(' ').slice(0, 9).join(' ')} and other things that have nothing to do with it`),
  ).toBe('nothing');
});

it('looks for solutions in answers, and for questions there by runs alone', () => {
  const solution =
    'def remove odd numbers from the list: return a new list with those entries of the given list that two divides without a rest';
  const made = index([item({ questions: [FOX], solution })]);
  expect(surest(made, solution, 'answer')).toBe('ngram8 1.00');
  expect(surest(made, FOX, 'answer')).toBe('ngram13 1.00');
  expect(
    surest(index([item({ questions: ['Why is the sky blue?'] })]), 'Why is the sky blue?', 'answer'),
  ).toBe('nothing');
});

it('names every item with the same text', () => {
  const made = new Decontaminator(DEFAULT_ACTIONS);
  made.add('one', [item({ item: 'a', questions: [BAKER] })], { templates: true });
  made.add('two', [item({ item: 'b', questions: [BAKER.toLowerCase()] })], { templates: true });
  expect(made.hits([{ side: 'question', text: BAKER }]).map(({ owners }) => owners)).toEqual([
    [
      { benchmark: 'one', item: 'a' },
      { benchmark: 'two', item: 'b' },
    ],
  ]);
});

it('leaves a layer out that is off, and a weaker one speaks', () => {
  const made = index([item({ questions: [BAKER] })], {
    ...DEFAULT_ACTIONS,
    exact: 'off',
    ngram13: 'off',
    ngram8: 'off',
  });
  expect(surest(made, BAKER)).toBe('template 1.00');
  const none = { exact: 'off', ngram13: 'off', ngram8: 'off', template: 'off', near: 'off' } as const;
  expect(surest(index([item({ questions: [BAKER] })], none), BAKER)).toBe('nothing');
});

it('shows both texts', () => {
  const [hit] = problem.hits([{ side: 'question', text: `Please. ${BAKER}` }]);
  expect(hit).toMatchObject({ text: `Please. ${BAKER}`, match: BAKER });
});

it('finds every question of 13 words and more, wherever it stands and however it is marked', () => {
  const word = fc.stringMatching(/^[a-z]{3,9}$/);
  const words = (least: number) => fc.array(word, { minLength: least, maxLength: 40 });
  fc.assert(
    fc.property(
      words(13),
      words(0),
      words(0),
      fc.constantFrom(' ', ', ', '\n', ' - '),
      (asked, before, after, mark) => {
        const made = index([item({ questions: [asked.join(' ')] })]);
        const planted = [...before, asked.join(mark).toUpperCase(), ...after].join(' ');
        const [hit] = made.hits([{ side: 'question', text: planted }]);
        expect(hit?.overlap).toBe(1);
        expect(hit && DEFAULT_ACTIONS[hit.layer]).toBe('drop');
      },
    ),
  );
});
