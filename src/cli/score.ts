import { join, resolve } from 'node:path';
import { fileRows } from '../data/sources/read-rows.ts';
import type { SourceRow } from '../data/sources/row.ts';
import { rowError } from '../data/sources/row.ts';
import { UserError } from '../errors.ts';
import { exists, fileStat, writeAtomic } from '../platform/files.ts';
import { printLine } from '../platform/terminal.ts';
import { whyNotWritable } from '../platform/writable.ts';
import type { InstructionVerdict, Score } from '../scoring/score.ts';
import { findScoringTask, SCORING_TASK_NAMES, type ScoringTask } from '../scoring/tasks.ts';
import type { CliCommand } from './command.ts';
import { numberOption } from './number-option.ts';
import { type ScoredRow, showScores, summariseScores } from './score-summary.ts';

interface Options {
  readonly task: string;
  readonly in: string;
  readonly out: string;
  readonly timeout?: number;
  readonly json?: boolean;
}

/** `carryover score`: scores written answers against references, with no model. */
export const scoreCommand: CliCommand = {
  name: 'score',
  summary: 'Score written answers against references, without a model',
  examples: [
    'carryover score --task math --in answers.jsonl --out scored.jsonl    # rows {id, output, target}',
    'carryover score --task gsm8k --in outputs.jsonl --out scored.jsonl   # target: the answer column of GSM8K',
    'carryover score --task python --in programs.jsonl --out scored.jsonl --timeout 10   # target: {prompt?, test, entry_point?}',
    'carryover score --task proc/arithmetic --in solved.jsonl --out scored.jsonl   # target: the answer, or the problem',
  ],
  configure: (command) => {
    command
      .requiredOption(
        '--task <name>',
        `how to score: ${SCORING_TASK_NAMES.join(', ')} (docs/scoring.md has a row of each)`,
      )
      .requiredOption(
        '--in <file>',
        'JSONL with rows {id, output, target}; rows that share id and target are answers to one problem and give ' +
          'pass@k; outputs are read as they are, no stop string is applied; "finish": "length" marks a cut output, which counts only when it ' +
          'states its final answer (#### X, \\boxed{X}, "the answer is X", Answer: X) and is truncated otherwise',
      )
      .requiredOption('--out <file>', 'the same rows with value, answer, outcome and why')
      .option(
        '--timeout <seconds>',
        'seconds each program may run, where answers are programs: python and the benchmarks of code. Without it 10, and ' +
          "60 for humaneval_plus and mbpp_plus. Programs have 512 MB, Python's standard library and no numpy",
        numberOption('--timeout', { least: 0.1, most: 3600 }),
      )
      .option('--json', 'print counts and metrics as JSON')
      .action(score);
  },
};

async function score(options: Options): Promise<void> {
  const task = findScoringTask(options.task);
  const { timeout } = options;
  if (timeout !== undefined && !task.runsPrograms) {
    throw new UserError(`--timeout: the task ${task.name} runs no programs`, {
      remedy: 'Leave it out, or choose a task such as python or humaneval.',
    });
  }
  const parent = options.out.replace(/[^/\\]*$/, '') || '.';
  const blocked = await whyNotWritable(parent);
  if (blocked) throw new UserError(`--out ${options.out}: ${blocked}`, { remedy: 'Choose another file.' });
  if ((await fileStat(options.out))?.folder) {
    throw new UserError(`--out ${options.out} is a folder, not a file`, {
      remedy: `Name a file, such as ${join(options.out, 'scored.jsonl')}.`,
    });
  }
  if (resolve(options.out) === resolve(options.in)) {
    throw new UserError(`--out ${options.out} is the file to be scored`, {
      remedy: 'Name another file: the answers are kept as they are.',
    });
  }
  if (!(await exists(options.in))) {
    throw new UserError('There is no such file.', { place: { file: options.in }, remedy: 'Check --in.' });
  }
  const lines: string[] = [];
  const scored: ScoredRow[] = [];
  for await (const row of fileRows({ local: options.in, shown: options.in })) {
    const result = await scoreRow(task, row, timeout);
    const { value, answer, outcome, why, instructions } = result;
    // What could not be judged has no reading: a 0 there would look like a wrong answer.
    const readings = outcome === 'error' ? { compatible: {}, corrected: {} } : result.readings;
    const more = {
      ...(Object.keys(readings.compatible).length > 0 ? { readings } : {}),
      ...(instructions ? verdictsOf(instructions) : {}),
      ...(timeout === undefined ? {} : { settings: { timeout } }),
    };
    lines.push(`${JSON.stringify({ ...row.values, value, answer, outcome, why, ...more })}\n`);
    const { id, target } = row.values;
    scored.push({
      id: typeof id === 'string' ? id : id === undefined ? `row ${lines.length}` : JSON.stringify(id),
      target: JSON.stringify(target),
      score: { ...result, readings },
    });
  }
  if (lines.length === 0) throw new UserError('The file holds no rows.', { place: { file: options.in } });
  await writeAtomic(options.out, lines.join(''));
  const summary = summariseScores(task, scored);
  const settings = timeout === undefined ? {} : { settings: { timeout } };
  if (options.json) printLine(JSON.stringify({ ...summary, ...settings }));
  else {
    printLine(showScores(summary));
    if (timeout !== undefined) printLine(`each program had ${timeout} s`);
    printLine(`written to ${options.out}`);
  }
}

/** Of a prompt with instructions: the original's verdicts as two lists, and each in full. */
function verdictsOf(instructions: readonly InstructionVerdict[]): Record<string, unknown> {
  const { strict, loose } = {
    strict: instructions.map((one) => one.strict),
    loose: instructions.map((one) => one.loose),
  };
  return { strict, loose, instructions };
}

async function scoreRow(task: ScoringTask, row: SourceRow, seconds: number | undefined): Promise<Score> {
  const { output, target, finish } = row.values;
  if (typeof output !== 'string') {
    throw rowError(row, '"output" is missing or not a text.', 'Each row needs {id, output, target}.');
  }
  if (target === undefined || target === null) {
    throw rowError(
      row,
      '"target" is missing.',
      `Each row needs {id, output, target}; target is ${task.target}.`,
    );
  }
  try {
    const result = await task.score(output, target, {
      ...(finish === 'length' ? { ending: 'length' } : {}),
      ...(seconds === undefined ? {} : { seconds }),
    });
    return result.outcome === 'no_answer' && finish === 'length'
      ? { ...result, outcome: 'truncated' }
      : result;
  } catch (error) {
    if (error instanceof UserError) {
      throw rowError(row, error.message, error.remedy ?? `"target" is ${task.target}.`);
    }
    throw error;
  }
}
