import { UserError } from '../errors.ts';
import { OUTCOMES, type Sample } from '../scoring/score.ts';

/**
 * Reads the text of a `samples/<benchmark>.jsonl`. Checks what the statistics rest on; the rest is taken as written.
 * @throws UserError with the line when a line is no sample, and `remedy`: by default that of a file of a run.
 */
export function parseSamples(
  text: string,
  file: string,
  remedy = 'Delete the file and run again: only this benchmark is evaluated anew.',
): Sample[] {
  const samples: Sample[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const fault = (what: string) =>
      new UserError(what, {
        place: { file, line: i + 1 },
        remedy,
      });
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw fault('This line is no JSON; the file may have been cut off.');
    }
    const problem = problemOf(value as Partial<Sample> | null);
    if (problem) throw fault(problem);
    samples.push(value as Sample);
  });
  return samples;
}

function problemOf(sample: Partial<Sample> | null): string | null {
  if (typeof sample !== 'object' || sample === null) return 'This line is no sample.';
  if (typeof sample.id !== 'string' || sample.id === '') return 'The sample has no "id".';
  if (typeof sample.cluster !== 'string') return `Sample "${sample.id}" has no "cluster".`;
  const { value } = sample;
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    return `Sample "${sample.id}": "value" is ${JSON.stringify(value)}, not a number from 0 to 1.`;
  if (!(OUTCOMES as readonly unknown[]).includes(sample.outcome))
    return `Sample "${sample.id}": "outcome" is ${JSON.stringify(sample.outcome)}, none of ${OUTCOMES.join(', ')}.`;
  if (typeof (sample.readings?.compatible ?? undefined) !== 'object')
    return `Sample "${sample.id}" has no "readings".`;
  return null;
}
