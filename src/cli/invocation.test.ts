import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commandName, quoted, startAgain } from './invocation.ts';

test('the command is named as it was called', () => {
  const name = (program: string) => commandName(resolve(program), resolve('.'));
  expect(name('bin/carryover.js')).toMatch(/^node bin[\\/]carryover\.js$|^node 'bin\\carryover\.js'$/);
  expect(commandName(resolve('bin/carryover.js'), resolve('runs'))).toContain('..');
  expect(name('node_modules/.bin/carryover')).toBe('npx carryover');
  expect(name('/usr/local/bin/carryover')).toBe('carryover');
});

test('words are quoted for the shell only where they must be', () => {
  expect(['rows.jsonl', 'a b', "it's", ''].map(quoted)).toEqual(['rows.jsonl', "'a b'", "'it'\\''s'", "''"]);
});

test('npm start goes on as it was called, by npm or not', () => {
  expect(startAgain([], true)).toBe('npm start');
  expect(startAgain(['--out', 'my runs'], true)).toBe("npm start -- --out 'my runs'");
  expect(startAgain(['--seed', '1'], false)).toMatch(/ start --seed 1$/);
});
