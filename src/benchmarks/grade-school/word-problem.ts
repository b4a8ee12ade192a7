/** What the grade-school word-problem benchmarks share: prompts with fixed or drawn examples, and their items. */
import { PythonRandom } from '../../random/python-random.ts';
import { scoreNumber } from '../../scoring/gsm8k.ts';
import type { NumberStyle } from '../../scoring/number-compatible.ts';
import type { GenerateItem, HubBenchmark, Row } from '../benchmark.ts';
import { hashId, uniqueIds } from '../item-id.ts';
import { buildPrompt, loneItem } from '../prompt.ts';
import { textOf } from '../rows.ts';
import { WORKED_EXAMPLES, type WorkedExample } from './worked-examples.table.ts';

type Shot = { readonly question: string; readonly answer: string };

/** lm-evaluation-harness's default few-shot seed. */
const SEED = 1234;

/**
 * Examples for each item as lm-evaluation-harness draws them: one stream `Random(1234)`, advanced once per item in
 * order. When they come from the tested split itself (`pool` is `test`), one more is drawn and the item itself is dropped.
 */
export function drawnShots(
  test: readonly Row[],
  pool: readonly Row[],
  count: number,
  asShot: (row: Row) => Shot,
): Shot[][] {
  const random = new PythonRandom(SEED);
  return test.map((row) => {
    if (pool !== test) return random.sample(pool, count).map(asShot);
    const others = random.sample(pool, count + 1).filter((one) => !equalRows(one, row));
    if (others.length >= count) return others.slice(0, count).map(asShot);
    // Several copies of the item were drawn: then the harness draws again from the rows that are no copy.
    const rest = pool.filter((one) => !equalRows(one, row));
    return random.sample(rest, count).map(asShot);
  });
}

function equalRows(a: Row, b: Row): boolean {
  return a === b || Object.keys(a).every((column) => a[column] === b[column]);
}

/** The eight worked examples of Wei et al. in a set-up's form. */
export function workedShots(
  question: (text: string) => string,
  answer: (example: WorkedExample) => string,
): Shot[] {
  return WORKED_EXAMPLES.map((example) => ({
    question: question(example.question),
    answer: answer(example),
  }));
}

export interface WordProblem {
  readonly ask: (row: Row) => string;
  readonly gold: (row: Row) => string;
  /** What names the item; a hash of the column `question` when left out. */
  readonly id?: (row: Row) => string;
  readonly cluster?: (row: Row) => string;
  readonly shots?: (test: readonly Row[], pool: readonly Row[]) => readonly (readonly Shot[])[];
  readonly fixedShots?: readonly Shot[];
  readonly description?: string;
  /** Between a question and its answer, and between examples, where not a space and a blank line. */
  readonly delimiter?: string;
  readonly stop: readonly string[];
  readonly style: NumberStyle;
}

/** Why a set of stories with numbers asks for both abilities. */
export const STORY_ABILITIES = {
  arithmetic: 'The operations have to be carried out without a slip, one after the other.',
  'word-problems': 'Quantities and operations have to be read out of a story.',
} as const;

export const STOP_QUESTION: readonly string[] = ['Question:', '</s>', '<|im_end|>'];
export const STOP_Q: readonly string[] = ['Q:', '</s>', '<|im_end|>'];
export const STOP_CHAT: readonly string[] = [
  '<|eot_id|>',
  '<|start_header_id|>user<|end_header_id|>',
  ...STOP_Q,
];

export function wordProblems(
  of: WordProblem,
): Pick<HubBenchmark, 'items' | 'score' | 'kind' | 'format' | 'answer' | 'metric'> {
  const items = (test: readonly Row[], pool: readonly Row[]): GenerateItem[] => {
    const ids = uniqueIds(test.map((row) => of.id?.(row) ?? hashId(textOf(row, 'question'))));
    const drawn = of.shots?.(test, pool);
    return test.map((row, index) => {
      const prompt = buildPrompt({
        ...(of.description === undefined ? {} : { description: of.description }),
        shots: drawn?.[index] ?? of.fixedShots ?? [],
        question: of.ask(row),
        ...(of.delimiter === undefined ? {} : { delimiter: of.delimiter }),
      });
      return {
        ...loneItem(ids[index]!, index, prompt),
        ...(of.cluster ? { cluster: of.cluster(row) } : {}),
        stop: of.stop,
        maxTokens: 256,
        gold: of.gold(row),
      };
    });
  };
  return {
    kind: 'generate',
    format: 'worked',
    answer: 'number',
    metric: 'exact_match',
    items,
    score: (output, item, options) => scoreNumber(output, String(item.gold), of.style, options?.ending),
  };
}
