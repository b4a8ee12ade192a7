/** The entry of the command line: builds the parser from the registry, maps failures to exit codes. */
import { Command, CommanderError } from 'commander';
import { Interrupted, UserError } from '../errors.ts';
import { endWhenUnread } from '../platform/terminal.ts';
import { packageVersion } from '../platform/version.ts';
import { RunFailed } from '../study/run-failed.ts';
import type { CliCommand } from './command.ts';
import { COMMANDS } from './commands.ts';
import { examplesText } from './examples-text.ts';

/** The parser with every command; printing and exiting stay with the caller. */
export function buildProgram(commands: readonly CliCommand[] = COMMANDS): Command {
  const program = new Command('carryover')
    .description('Does teaching a language model mathematics make it reason better elsewhere?')
    .version(packageVersion())
    .exitOverride()
    .showSuggestionAfterError(true);
  for (const entry of commands) {
    const command = program.command(entry.name).description(entry.summary).exitOverride();
    entry.configure(command);
    if (entry.examples.length > 0) {
      command.addHelpText('after', examplesText(entry.examples));
    }
  }
  return program;
}

/** Runs one command line and sets the process's exit code: 0 done, 1 failed, 2 wrong input, 130 interrupted, 141 unread. */
export async function run(
  args: readonly string[],
  commands: readonly CliCommand[] = COMMANDS,
): Promise<void> {
  endWhenUnread();
  try {
    await buildProgram(commands).parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help and version leave with 0; commander has already printed what is wrong otherwise.
    return error.exitCode === 0 ? 0 : 2;
  }
  if (error instanceof UserError) {
    console.error(error.toString());
    return 2;
  }
  if (error instanceof Interrupted) {
    const { resume, kept, writes } = error;
    const again = writes ? 'Nothing was written yet; start again with' : 'Start again with';
    const advice = kept ? 'Nothing is lost; go on with' : again;
    console.error(resume ? `Interrupted. ${advice}: ${resume}` : 'Interrupted.');
    return 130;
  }
  if (error instanceof RunFailed) {
    console.error(error.message);
    return 1;
  }
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
