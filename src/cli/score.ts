import type { ScoreOptions } from '../benchmarks/benchmark.ts';
import { nameNote } from '../benchmarks/names.ts';
import { fileRows } from '../data/sources/read-rows.ts';
import type { SourceRow } from '../data/sources/row.ts';
import { rowError } from '../data/sources/row.ts';
import { UserError } from '../errors.ts';
import { sleep } from '../platform/clock.ts';
import { sha256 } from '../platform/files.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import type { InstructionVerdict, Score } from '../scoring/score.ts';
import { findScoringTask, SCORING_TASK_NAMES, type ScoringTask } from '../scoring/tasks.ts';
import type { CliCommand } from './command.ts';
import { checkRowsIn } from './data-files.ts';
import { checkFileOut } from './file-out.ts';
import { lateProgress } from './late-progress.ts';
import { numberOption } from './number-option.ts';
import { checkRows, isCut, PAUSE_EVERY, rowFaults } from './score-rows.ts';
import { type ScoredRow, showScores, summariseScores } from './score-summary.ts';
import { writingFiles } from './writing-files.ts';

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
          'pass@k; outputs are read as they are, no stop string is applied; "finish": "length" (or "content_filter") marks a cut output, which counts only when it ' +
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
  const note = task.name === options.task ? null : nameNote(options.task);
  if (note !== null) sayLine(note);
  const { timeout } = options;
  if (timeout !== undefined && !task.runsPrograms) {
    throw new UserError(`--timeout: the task ${task.name} runs no programs`, {
      remedy: 'Leave it out, or choose a task such as python or humaneval.',
    });
  }
  await checkRowsIn([options.in]);
  await checkFileOut(options.out, [options.in]);
  const scored = await writingFiles([options.out], async ([out], signal) => {
    const total = await checkRows(task, options.in, signal);
    const rows: ScoredRow[] = [];
    const progress = lateProgress();
    try {
      for await (const row of fileRows({ local: options.in, shown: options.in })) {
        signal.throwIfAborted();
        const result = await scoreRow(task, row, {
          signal,
          ...(timeout === undefined ? {} : { seconds: timeout }),
        });
        await out!.write(`${JSON.stringify({ ...row.values, ...writtenOf(result, timeout) })}\n`);
        rows.push(scoredRow(row, rows.length + 1, result));
        // Scorers of texts never wait: without a pause neither Ctrl-C nor a live line would get its turn.
        if (rows.length % PAUSE_EVERY === 0) await sleep(0, signal);
        progress.show({ done: rows.length, total, unit: 'rows', note: options.in });
      }
    } finally {
      progress.close();
    }
    return rows;
  });
  const summary = summariseScores(task, scored);
  const settings = timeout === undefined ? {} : { settings: { timeout } };
  if (options.json) printLine(JSON.stringify({ ...summary, ...settings }));
  else {
    printLine(showScores(summary));
    if (timeout !== undefined) printLine(`each program had ${timeout} s`);
    printLine(`written to ${options.out}`);
  }
}

/** What a row gets beside its own keys. */
function writtenOf(score: Score, timeout: number | undefined): Record<string, unknown> {
  const { value, answer, outcome, why, instructions } = score;
  const readings = readingsOf(score);
  return {
    ...{ value, answer, outcome, why },
    ...(Object.keys(readings.compatible).length > 0 ? { readings } : {}),
    ...(instructions ? verdictsOf(instructions) : {}),
    ...(timeout === undefined ? {} : { settings: { timeout } }),
  };
}

/** What could not be judged has no reading: a 0 there would look like a wrong answer. */
function readingsOf({ outcome, readings }: Score): Score['readings'] {
  return outcome === 'error' ? { compatible: {}, corrected: {} } : readings;
}

/** What the summary needs of a row, which is held until all are scored; a target may be a megabyte of tests. */
function scoredRow({ values }: SourceRow, number: number, score: Score): ScoredRow {
  const { id, target } = values;
  const { value, outcome, weights } = score;
  return {
    id: typeof id === 'string' ? id : id === undefined ? `row ${number}` : JSON.stringify(id),
    target: sha256(JSON.stringify(target)),
    score: { value, outcome, readings: readingsOf(score), ...(weights ? { weights } : {}) },
  };
}

/** Of a prompt with instructions: the original's verdicts as two lists, and each in full. */
function verdictsOf(instructions: readonly InstructionVerdict[]): Record<string, unknown> {
  const { strict, loose } = {
    strict: instructions.map((one) => one.strict),
    loose: instructions.map((one) => one.loose),
  };
  return { strict, loose, instructions };
}

async function scoreRow(task: ScoringTask, row: SourceRow, options: ScoreOptions): Promise<Score> {
  // The file was checked, but may have been changed since.
  const [fault] = await rowFaults(task, row);
  if (fault) throw fault;
  const { output, target } = row.values;
  const cut = isCut(row);
  try {
    const result = await task.score(output as string, target, {
      ...(cut ? { ending: 'length' } : {}),
      ...options,
    });
    return result.outcome === 'no_answer' && cut ? { ...result, outcome: 'truncated' } : result;
  } catch (error) {
    if (error instanceof UserError) {
      throw rowError(row, error.message, error.remedy ?? `"target" is ${task.target}.`);
    }
    throw error;
  }
}
