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

/** `carryover start` as it was called: by `npm start` that is what goes on. */
export function startAgain(
  options: readonly string[] = process.argv.slice(3),
  underNpm: boolean = process.env['npm_lifecycle_event'] === 'start',
): string {
  const words = underNpm ? ['npm', 'start', ...(options.length > 0 ? ['--'] : [])] : [commandName(), 'start'];
  return [...words, ...options.map(quoted)].join(' ');
}

/** One word of a shell's command line. */
export function quoted(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
