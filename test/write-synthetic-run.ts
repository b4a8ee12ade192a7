import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type SyntheticOptions, syntheticInput } from './synthetic-run.ts';

/** Writes a synthetic run as the runner leaves it: run-facts.json and the samples of every evaluation. */
export async function writeSyntheticRun(folder: string, options?: SyntheticOptions): Promise<void> {
  const { facts, samples } = syntheticInput(options);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'run-facts.json'), JSON.stringify(facts, null, 2));
  for (const [evaluation, byBenchmark] of samples) {
    for (const [benchmark, rows] of byBenchmark) {
      const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      const file = join(folder, evaluation, 'samples', `${benchmark}.jsonl`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, lines);
    }
  }
}
