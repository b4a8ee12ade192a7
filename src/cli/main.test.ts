import { expect, test } from 'vitest';
import { Interrupted } from '../errors.ts';
import { run } from './main.ts';

/** What a command that ends so says on standard error. */
async function said(error: Error): Promise<string> {
  let text = '';
  const log = console.error;
  console.error = (line: string) => {
    text += line;
  };
  try {
    const configure = (command: import('commander').Command) =>
      void command.action(() => {
        throw error;
      });
    await run(['it'], [{ name: 'it', summary: 'Throws', examples: [], configure }]);
    return `${process.exitCode} ${text}`;
  } finally {
    console.error = log;
    process.exitCode = undefined;
  }
}

test('an interrupted command says what is left of its work, and how to go on', async () => {
  expect([
    await said(new Interrupted('carryover it')),
    await said(new Interrupted('carryover it', { kept: false })),
    await said(new Interrupted('carryover it', { kept: false, writes: false })),
    await said(new Interrupted()),
  ]).toEqual([
    '130 Interrupted. Nothing is lost; go on with: carryover it',
    '130 Interrupted. Nothing was written yet; start again with: carryover it',
    '130 Interrupted. Start again with: carryover it',
    '130 Interrupted.',
  ]);
});
