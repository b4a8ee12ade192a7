import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SIGNALS = fileURLToPath(new URL('./signals.ts', import.meta.url));

/** Runs a program with the functions of this module, interrupts it as it prints, and says how it ended. */
async function interrupted(program: string): Promise<{ said: string; code: number | null }> {
  const text = `import { holdSignals, onInterrupt, sayWhenInterrupted } from ${JSON.stringify(SIGNALS)};
    sayWhenInterrupted();
    ${program}
    setInterval(() => undefined, 1000);
    console.log('ready');`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', text];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  child.stdout.on('data', () => child.kill('SIGINT'));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { said, code };
}

test.skipIf(process.platform === 'win32').each([
  ['nobody looks after it', '', { said: 'Interrupted.\n', code: 130 }],
  [
    'work stops cleanly',
    `onInterrupt(() => { console.error('stopped'); process.exit(5); });`,
    { said: 'stopped\n', code: 5 },
  ],
  [
    'the work is over, and was so twice',
    `const release = onInterrupt(() => process.exit(5)); release(); release();`,
    { said: 'Interrupted.\n', code: 130 },
  ],
  [
    'other work goes on',
    `onInterrupt(() => process.exit(5))(); holdSignals(() => process.exit(6));`,
    { said: '', code: 6 },
  ],
])('Ctrl-C where %s', async (_, program, expected) => {
  expect(await interrupted(program)).toEqual(expected);
});
