/** The command line in this process, for tests: what it printed and how it ended. */
import { vi } from 'vitest';
import { run } from '../../src/cli/main.ts';

export interface CommandResult {
  /** Standard output. */
  readonly out: string;
  /** What was reported as wrong (`console.error`). */
  readonly error: string;
  /** Progress and remarks (lines on standard error). */
  readonly said: string;
  /** The exit code. */
  readonly code: number;
}

export async function carryover(...args: string[]): Promise<CommandResult> {
  let out = '';
  let error = '';
  let said = '';
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    }),
    vi.spyOn(console, 'error').mockImplementation((text) => {
      error += `${text}\n`;
    }),
  ];
  process.exitCode = undefined;
  try {
    await run(args);
    return { out, error, said, code: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
  }
}
