/** `carryover doctor`: whether this machine is ready, and what to do where it is not. */
import { CHECKS, type Finding, runCheck, type Surroundings } from '../doctor/checks.ts';
import { printLine } from '../platform/terminal.ts';
import type { CliCommand } from './command.ts';

const MARKS = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const;

export const doctorCommand: CliCommand = {
  name: 'doctor',
  summary: 'Check whether this machine is ready',
  examples: [
    'carryover doctor                               # one line for each thing that is needed',
    'carryover doctor --json                        # the same for scripts; exit code 1 when something is broken',
    'CARRYOVER_HUB=mirror carryover doctor          # with a local mirror of the hub',
  ],
  configure: (command) => {
    command.option('--json', 'print the findings as JSON').action(async (options: { json?: boolean }) => {
      const surroundings: Surroundings = {
        env: process.env,
        folder: process.cwd(),
        node: process.versions.node,
      };
      const findings: Record<string, Finding> = {};
      for (const [name, check] of Object.entries(CHECKS)) {
        const finding = await runCheck(check, surroundings);
        findings[name] = finding;
        if (!options.json) printLine(line(name, finding));
      }
      const broken = Object.values(findings).some(({ state }) => state === 'problem');
      if (options.json) printLine(JSON.stringify({ ready: !broken, findings }, null, 2));
      if (broken) process.exitCode = 1;
    });
  },
};

/** A finding as printed, the remedy on a line of its own. */
export function line(name: string, { state, found, remedy }: Finding): string {
  const head = `${MARKS[state]}  ${name.padEnd(12)} ${found}`;
  return remedy === undefined ? head : `${head}\n${' '.repeat(22)}${remedy}`;
}
