/** What the answers of a rendered row tell, in numbers. */
import type { RenderedRow } from '../../src/data/render/render.ts';

export function answerCounts({ answers, rewritten }: Pick<RenderedRow, 'answers' | 'rewritten'>): {
  readonly straddled: number;
  readonly promptDiffers: number;
  readonly inserted: number;
  readonly rewritten: number;
} {
  const count = (key: 'straddled' | 'promptDiffers' | 'inserted') =>
    answers.filter((answer) => answer[key]).length;
  return {
    straddled: count('straddled'),
    promptDiffers: count('promptDiffers'),
    inserted: count('inserted'),
    rewritten,
  };
}
