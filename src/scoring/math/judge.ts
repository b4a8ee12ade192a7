/**
 * The verdict on two answers given as texts. Every verdict says why. There are four: `equal` and `different` when both
 * were read; `unread` when one of them is no mathematics that is known here, or has no value; `exhausted` when judging
 * would cost more than its budget.
 */
import { type Answer, plain } from './answer.ts';
import { Budget, Exhausted, MAX_LENGTH } from './budget.ts';
import { equalAnswers, shorten, Unjudgeable } from './equal-answers.ts';
import type { ExpressionOptions } from './equal-expressions.ts';
import { rebuild, symbol, unknownsOf } from './expression.ts';
import { readAnswer } from './parse-answer.ts';

export interface Verdict {
  readonly verdict: 'equal' | 'different' | 'unread' | 'exhausted';
  /** One clause for people. */
  readonly why: string;
}

export interface JudgeOptions extends ExpressionOptions {
  /** Whether unknowns may be renamed: `C e^x` is `A e^x`. */
  readonly renaming?: boolean;
}

/** Symmetric: both orders give the same verdict. Never throws. */
export function judge(a: string, b: string, options: JudgeOptions = {}): Verdict {
  const [left, right] = [a.trim(), b.trim()];
  if (left === right && left !== '') return { verdict: 'equal', why: 'the same text' };
  if (left === '' || right === '') return { verdict: 'unread', why: 'nothing is there' };
  // The order of reading must not decide: the budget serves both, so the shorter goes first.
  const [one, other] =
    left.length < right.length || (left.length === right.length && left < right)
      ? [left, right]
      : [right, left];
  const budget = new Budget();
  try {
    return compareReadings(readAnswer(one, budget), readAnswer(other, budget), budget, options);
  } catch (error) {
    if (error instanceof Exhausted) {
      const long = Math.max(left.length, right.length) > MAX_LENGTH;
      return {
        verdict: 'exhausted',
        why: long ? `an answer of more than ${MAX_LENGTH} characters is not read` : error.reason,
      };
    }
    throw error;
  }
}

/**
 * Equal when any pair of readings is; otherwise the verdict on the likeliest ones. Why they differ is said of a pair of
 * measures where there is one: of `4 m` as metres, not as four times m.
 */
function compareReadings(
  a: readonly Answer[],
  b: readonly Answer[],
  budget: Budget,
  options: JudgeOptions,
): Verdict {
  let first: Verdict | null = null;
  let measured: Verdict | null = null;
  for (const [i, left] of a.entries()) {
    for (const [j, right] of b.entries()) {
      // 1,234 as two numbers on one side only would make 1,234 equal to anything that is a list.
      if (i > 0 && j > 0 && i !== j) continue;
      const verdict = compare(left, right, budget, options);
      if (verdict.verdict === 'equal') return verdict;
      first ??= verdict;
      if (hasUnit(left) && hasUnit(right)) measured ??= verdict;
    }
  }
  return first!.verdict === 'different' && measured?.verdict === 'different' ? measured : first!;
}

const hasUnit = (a: Answer): boolean => a.kind === 'expression' && a.unit !== null;

function compare(a: Answer, b: Answer, budget: Budget, options: JudgeOptions): Verdict {
  try {
    const { same, by } = equalAnswers(a, b, budget, options);
    if (!same && options.renaming) {
      const renamed = equalAnswers(renameUnknowns(a), renameUnknowns(b), budget, options);
      if (renamed.same) return { verdict: 'equal', why: `${renamed.by}, with unknowns renamed` };
    }
    return { verdict: same ? 'equal' : 'different', why: by };
  } catch (error) {
    if (error instanceof Unjudgeable) return { verdict: 'unread', why: error.message };
    throw error;
  }
}

/** Unknowns numbered by where they first stand. */
function renameUnknowns(a: Answer): Answer {
  if (a.kind !== 'expression') return a;
  const order: string[] = [];
  rebuild(a.expression, (part) => {
    if (part.kind === 'symbol' && unknownsOf(part).length > 0 && !order.includes(part.name))
      order.push(part.name);
    return part;
  });
  return plain(
    rebuild(a.expression, (part) =>
      part.kind === 'symbol' && order.includes(part.name)
        ? symbol(`unknown ${order.indexOf(part.name)}`)
        : part,
    ),
    a.unit,
  );
}

/** An answer as people quote it. */
export const quoted = (text: string): string => shorten(text.replace(/\s+/g, ' ').trim());
