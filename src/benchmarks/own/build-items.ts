/** Rows of a benchmark of the user's own, made into items. */
import { PythonRandom } from '../../random/python-random.ts';
import type { ChoiceItem, GenerateItem, Item, Row } from '../benchmark.ts';
import { hashId, uniqueIds } from '../item-id.ts';
import { buildPrompt, choicesAfter, LETTERS, letteredLines, loneItem } from '../prompt.ts';
import type { Definition, Text } from './definition.ts';
import { compileTemplate, TemplateFault } from './template.ts';

/** lm-evaluation-harness's default few-shot seed. */
const SEED = 1234;

/** Something in a row that the definition cannot be applied to. */
export class RowFault extends Error {
  /** The part of the definition that meets it. */
  readonly path: readonly PropertyKey[];
  /** From 0; null for a fault of all rows. */
  readonly row: number | null;
  /** Whether the row is one of the examples. */
  readonly ofShots: boolean;
  readonly hint: string | undefined;

  constructor(
    path: readonly PropertyKey[],
    what: string,
    at: { readonly row: number | null; readonly ofShots?: boolean; readonly hint?: string | undefined },
  ) {
    super(what);
    this.path = path;
    this.row = at.row;
    this.ofShots = at.ofShots ?? false;
    this.hint = at.hint;
  }
}

/** A row's texts. */
interface Told {
  readonly question: string;
  readonly answer: string;
  readonly choices: readonly string[];
  readonly gold: number;
  readonly shot: string;
  readonly id: string;
  readonly cluster: string | undefined;
}

/** All items in the order of the rows. `shots`: rows that examples are drawn from. Throws RowFault. */
export function buildItems(
  definition: Definition,
  rows: readonly Row[],
  shots: readonly Row[],
): readonly Item[] {
  const tell = teller(definition);
  const own = definition.shots?.data === undefined;
  const pool = definition.shots ? (own ? rows : shots) : [];
  const examples = pickers(definition, pool.length);
  const toldShots = new Map<number, { question: string; answer: string }>();
  const shotAt = (at: number): { question: string; answer: string } => {
    const known = toldShots.get(at);
    if (known) return known;
    const { question, shot } = tell(pool[at]!, at, !own);
    const told = { question, answer: shot };
    toldShots.set(at, told);
    return told;
  };
  const told = rows.map((row, at) => tell(row, at, false));
  const ids = uniqueIds(told.map(({ id }) => id));
  return told.map((one, index): Item => {
    const prompt = buildPrompt({
      ...(definition.description === undefined ? {} : { description: definition.description }),
      shots: examples(index).map(shotAt),
      question: one.question,
    });
    const base = { ...loneItem(ids[index]!, index, prompt), cluster: one.cluster ?? ids[index]! };
    if (definition.choices === undefined) {
      const { stop, max_tokens: maxTokens } = definition;
      return { ...base, stop, maxTokens, gold: one.answer } satisfies GenerateItem;
    }
    const { id, cluster } = base;
    const asked = definition.ask === 'letter' ? [...LETTERS.slice(0, one.choices.length)] : one.choices;
    const pairs = choicesAfter(prompt, asked);
    return { kind: 'choice', id, index, cluster, pairs, choices: asked, gold: one.gold } satisfies ChoiceItem;
  });
}

/**
 * The places of an item's examples in the pool. Drawn as lm-evaluation-harness 0.4.13 draws (`api/samplers.py`): one
 * stream, advanced once an item; from the benchmark's own rows one more is drawn, and the item itself dropped.
 */
function pickers({ shots }: Definition, size: number): (index: number) => readonly number[] {
  if (shots === undefined) return () => [];
  const { count, data, draw } = shots;
  const more = data === undefined ? count + 1 : count;
  if (size < more)
    throw new RowFault(['shots', 'count'], `${count} examples cannot be drawn from ${size} rows`, {
      row: null,
    });
  const random = new PythonRandom(SEED);
  const all = Array.from({ length: size }, (_, at) => at);
  return (index) => {
    const drawn = draw === 'first' ? all.slice(0, more) : random.sample(all, more);
    return data === undefined ? drawn.filter((at) => at !== index).slice(0, count) : drawn;
  };
}

function teller(definition: Definition): (row: Row, at: number, ofShots: boolean) => Told {
  const { choices, ask, shots } = definition;
  const one = (text: Text | undefined, path: readonly PropertyKey[]) =>
    text === undefined ? undefined : renderer(text, path);
  const prompt = one(definition.prompt, ['prompt'])!;
  const answer = one(definition.answer, ['answer'])!;
  const id = one(definition.id, ['id']);
  const cluster = one(definition.cluster, ['cluster']);
  const shot = one(shots?.answer, ['shots', 'answer']);
  const options = choices && optionsOf(choices);
  return (row, at, ofShots) => {
    const place = { row: at, ofShots };
    const texts = options ? options(row, place) : [];
    const question = prompt(
      options ? { lettered_choices: letteredLines(texts).trimEnd(), ...row } : row,
      place,
    );
    if (question.trim() === '') throw new RowFault(['prompt'], 'the prompt is empty', place);
    const reference = answer(row, place).trim();
    if (reference === '') throw new RowFault(['answer'], 'the answer is empty', place);
    const gold = options ? goldOf(definition, reference, texts, place) : -1;
    const shown = ask === 'letter' ? LETTERS[gold] : texts[gold];
    return {
      question,
      answer: reference,
      choices: texts,
      gold,
      shot: shot ? shot(row, place) : options ? shown! : reference,
      id: id ? id(row, place) : hashId(question, ...texts),
      cluster: cluster ? cluster(row, place) : undefined,
    };
  };
}

interface Place {
  readonly row: number;
  readonly ofShots: boolean;
}

function renderer(text: Text, path: readonly PropertyKey[]): (row: Row, place: Place) => string {
  if (typeof text === 'function')
    return (row, place) => {
      const found = guarded(path, place, () => text(row));
      if (typeof found === 'string' || typeof found === 'number' || typeof found === 'bigint')
        return String(found);
      throw new RowFault(path, `the function gave ${JSON.stringify(found)}, no text or number`, place);
    };
  const template = compileTemplate(text);
  return (row, place) => guarded(path, place, () => template.render(row));
}

/** What goes wrong in a template or in the user's own function is about a row. */
function guarded<Value>(path: readonly PropertyKey[], place: Place, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const hint = error instanceof TemplateFault ? error.hint : undefined;
    throw new RowFault(path, error instanceof Error ? error.message : String(error), { ...place, hint });
  }
}

function optionsOf(
  choices: NonNullable<Definition['choices']>,
): (row: Row, place: Place) => readonly string[] {
  const path = ['choices'];
  const checked = (found: unknown, place: Place): readonly string[] => {
    const texts = Array.isArray(found)
      ? found.map((one) => (typeof one === 'number' ? String(one) : one))
      : [];
    if (texts.length < 2 || texts.some((one) => typeof one !== 'string' || one === ''))
      throw new RowFault(path, `${JSON.stringify(found)} is no list of at least two texts`, place);
    if (texts.length > LETTERS.length)
      throw new RowFault(path, `${texts.length} choices are more than ${LETTERS.length}`, place);
    return texts as string[];
  };
  if (typeof choices === 'function')
    return (row, place) =>
      checked(
        guarded(path, place, () => choices(row)),
        place,
      );
  if (typeof choices === 'string') {
    const names = choices.split('.');
    return (row, place) => {
      let value: unknown = row;
      for (const name of names) {
        if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
          const known = typeof value === 'object' && value !== null ? Object.keys(value).join(', ') : '';
          throw new RowFault(path, `the row has no column ${choices}`, { ...place, hint: `it has ${known}` });
        }
        value = (value as Row)[name];
      }
      return checked(value, place);
    };
  }
  const templates = choices.map((text, at) => renderer(text, ['choices', at]));
  return (row, place) =>
    checked(
      templates.map((one) => one(row, place)),
      place,
    );
}

/** Which choice the answer names. */
function goldOf(
  { answer_as }: Definition,
  reference: string,
  texts: readonly string[],
  place: Place,
): number {
  const at =
    answer_as === 'text'
      ? texts.findIndex((text) => text.trim() === reference)
      : answer_as === 'letter'
        ? LETTERS.indexOf(reference.toUpperCase())
        : /^\d+$/.test(reference)
          ? Number(reference) - (answer_as === 'place' ? 1 : 0)
          : -1;
  if (at >= 0 && at < texts.length && (answer_as !== 'letter' || reference.length === 1)) return at;
  const other = /^[A-Ja-j]$/.test(reference) ? 'letter' : /^\d+$/.test(reference) ? 'number' : 'text';
  throw new RowFault(['answer'], `${JSON.stringify(reference)} names none of ${texts.length} choices`, {
    ...place,
    hint: other === answer_as ? undefined : `is it a ${other}? write answer_as: ${other}`,
  });
}
