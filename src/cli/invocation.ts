/** The command line as it was called, so that what a message advises can be pasted. */
import { basename, relative } from 'node:path';

/** `carryover`, or in a clone `node bin/carryover.js`, from the program that Node was started with. */
export function commandName(program: string = process.argv[1] ?? '', folder: string = process.cwd()): string {
  if (basename(program) === 'carryover.js') return `node ${quoted(relative(folder, program))}`;
  return /[\\/]node_modules[\\/]\.bin[\\/]/.test(program) ? 'npx carryover' : 'carryover';
}

/** This very command line. */
export function commandAgain(): string {
  return [commandName(), ...process.argv.slice(2).map(quoted)].join(' ');
}

/** One word of a shell's command line. */
export function quoted(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
