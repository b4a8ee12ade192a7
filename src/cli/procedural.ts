import type { Command } from 'commander';
import { findDomain } from '../benchmarks/select.ts';
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { TAXONOMY } from '../domains/taxonomy.ts';
import { UserError } from '../errors.ts';
import { printLine } from '../platform/terminal.ts';
import type { Generator } from '../procedural/generator.ts';
import { GENERATORS } from '../procedural/index.ts';
import { problemId } from '../procedural/problem-id.ts';
import { findSplit, findTask } from '../procedural/select.ts';
import { showProblem } from '../procedural/show-problem.ts';
import { drawProblem, harderLevel, SPLITS } from '../procedural/split.ts';
import { DEFAULT_SEED } from '../procedural/training-rows.ts';
import { counted } from '../text/counts.ts';
import { textTable } from '../text/text-table.ts';
import type { CliCommand } from './command.ts';
import { examplesText } from './examples-text.ts';
import { numberOption, wholeNumber } from './number-option.ts';
import { auditSubcommand } from './procedural-audit.ts';
import { exportSubcommand } from './procedural-export.ts';

/** `carryover procedural list|sample|export|audit`: problems that are made from a seed. */
export const proceduralCommand: CliCommand = {
  name: 'procedural',
  summary: 'Problems made from a seed: list the tasks, look at some, write training data, audit shortcuts',
  examples: [
    'carryover procedural list --domain logical',
    'carryover procedural sample deduction --n 5 --difficulty 3     # with worked solutions and wrong turns',
    'carryover procedural export all --n 10000 --out train.jsonl    # messages format, for --data train.jsonl',
    'carryover procedural audit                                     # what guessers score on every task',
    'carryover eval --model MODEL --benchmarks proc/deduction,proc/deduction@harder',
  ],
  configure: (command) => {
    listSubcommand(command);
    sampleSubcommand(command);
    exportSubcommand(command);
    auditSubcommand(command);
  },
};

function listSubcommand(parent: Command): void {
  parent
    .command('list')
    .description('Every task by domain')
    .option('--domain <domain>', `only this domain: ${DOMAINS.join(', ')}`)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      examplesText(['carryover procedural list', 'carryover procedural list --domain code --json']),
    )
    .action((options: { domain?: string; json?: boolean }) => {
      const domains = options.domain === undefined ? DOMAINS : [findDomain(options.domain)];
      if (options.json) printLine(JSON.stringify({ tasks: domains.flatMap(tasksOf).map(facts) }, null, 2));
      else printLine([...domains.map(section), FOOTER].join('\n\n'));
    });
}

const tasksOf = (domain: Domain): readonly Generator[] =>
  Object.values(GENERATORS).filter((one) => one.domain === domain);

function facts(task: Generator): Record<string, unknown> {
  const { name, title, domain, abilities, why, kind, chance, levels, templates } = task;
  const harder_level = harderLevel(task);
  return { name, title, domain, abilities, why, kind, chance, levels, harder_level, templates };
}

const FOOTER =
  'One level more is the split harder. To evaluate: --benchmarks proc/TASK, and proc/TASK@fresh, @perturbed, @harder,\n' +
  '@train. To train: --data proc/TASK, or { procedural: [TASK] } as a source of a study.';

function section(domain: Domain): string {
  const tasks = tasksOf(domain);
  const head = `${TAXONOMY[domain].title} (${domain}): ${tasks.length === 0 ? 'no task yet' : counted(tasks.length, 'task')}`;
  if (tasks.length === 0) return head;
  const rows = tasks.map(({ name, kind, chance, levels, templates, abilities, title }) => [
    `  ${name}`,
    kind,
    chance.toFixed(2),
    `${levels[0]}-${levels.at(-1)}`,
    String(templates),
    abilities.join(', '),
    title,
  ]);
  const columns = ['  task', 'answer', 'chance', 'levels', 'templates', 'abilities', 'about'];
  return [head, ...textTable([columns, ...rows], new Set([2, 4]))].join('\n');
}

interface SampleOptions {
  readonly n: number;
  readonly difficulty?: number;
  readonly split: string;
  readonly seed: number;
  readonly json?: boolean;
}

function sampleSubcommand(parent: Command): void {
  parent
    .command('sample')
    .description('Some problems of a task, with worked solutions and wrong turns')
    .argument('<name>', 'a task')
    .option('--n <count>', 'how many', wholeNumber('--n'), 5)
    .option(
      '--difficulty <level>',
      'all of one level (default: the levels take turns)',
      numberOption('--difficulty', { least: 0, integer: true }),
    )
    .option('--split <name>', `of ${SPLITS.join(', ')}`, 'train')
    .option('--seed <n>', 'other problems', numberOption('--seed', { least: 0, integer: true }), DEFAULT_SEED)
    .option('--json', 'print as JSON: the whole problems, with their solution trees')
    .addHelpText(
      'after',
      examplesText([
        'carryover procedural sample arithmetic --n 5 --difficulty 3',
        'carryover procedural sample deduction --split perturbed --seed 7 --json',
      ]),
    )
    .action((name: string, options: SampleOptions) => {
      const task = findTask(name);
      const split = findSplit(options.split);
      const { n, seed } = options;
      const level = levelOf(task, split, options.difficulty);
      const problems = Array.from({ length: n }, (_, index) =>
        drawProblem(task, { split, seed, index, ...(level === undefined ? {} : { level }) }),
      );
      const whole = () => problems.map((problem) => ({ id: problemId(task.name, problem.key), ...problem }));
      if (options.json) printLine(JSON.stringify(whole(), null, 2));
      else printLine(problems.map((problem) => showProblem(task, problem)).join('\n\n'));
    });
}

/** Throws UserError for a level that the split does not have. */
function levelOf(task: Generator, split: string, difficulty: number | undefined): number | undefined {
  const harder = harderLevel(task);
  if (split === 'harder') {
    if (difficulty === undefined || difficulty === harder) return undefined;
    throw new UserError(`--difficulty ${difficulty}: the split harder has level ${harder} alone`, {
      remedy: 'Leave --difficulty out, or choose another split.',
    });
  }
  if (difficulty === undefined || task.levels.includes(difficulty)) return difficulty;
  throw new UserError(`--difficulty ${difficulty}: ${task.name} has the levels ${task.levels.join(', ')}`, {
    remedy:
      difficulty === harder ? `Level ${harder} is the split harder: --split harder.` : 'Give one of them.',
  });
}
