/**
 * Scores answers to MATH and AIME problems. Compatible: as the set-up's own source reads them. Corrected: mathematical
 * equality with what a careful reader takes for the answer (`math/score-math.ts`).
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { scoreMath } from './math/score-math.ts';
import { boxContent, compatibleAime, compatibleHendrycks, lastBoxedOnly } from './math-compatible.ts';
import { compatibleMinerva, minervaNormal } from './minerva.ts';
import type { Score } from './score.ts';

export type CompetitionStyle = 'hendrycks' | 'minerva' | 'aime';

const COMPATIBLE: Readonly<Record<CompetitionStyle, (output: string, target: string) => number>> = {
  hendrycks: (output, target) => compatibleHendrycks(output, answerOf(target)),
  minerva: (output, target) => compatibleMinerva(output, minervaNormal(answerOf(target) ?? '')),
  aime: compatibleAime,
};

/** `target`: a solution with its answer in a box, or the answer alone. */
export function scoreCompetition(
  style: CompetitionStyle,
  output: string,
  target: string,
  ending?: Ending,
): Score {
  const value = COMPATIBLE[style](output, target);
  const score = scoreMath(output, answerOf(target) ?? target, ending);
  return { ...score, readings: { ...score.readings, compatible: { exact_match: value } } };
}

const answerOf = (target: string): string | null => boxContent(lastBoxedOnly(target)) ?? target;
