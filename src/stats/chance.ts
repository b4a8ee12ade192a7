/**
 * Score above guessing as a share of what lies above guessing: (score - chance) / (1 - chance). 0 for a guesser,
 * 1 for a perfect model; makes benchmarks of different chance levels comparable.
 * @throws RangeError unless 0 <= chance < 1.
 */
export function chanceCorrected(score: number, chance: number): number {
  if (!(chance >= 0 && chance < 1)) throw new RangeError(`a chance level from 0 to below 1, not ${chance}`);
  return (score - chance) / (1 - chance);
}

/** A difference on the chance-corrected scale: the chance level itself cancels. */
export function chanceCorrectedGain(difference: number, chance: number): number {
  if (!(chance >= 0 && chance < 1)) throw new RangeError(`a chance level from 0 to below 1, not ${chance}`);
  return difference / (1 - chance);
}
