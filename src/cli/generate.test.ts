import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from './main.ts';

const model = fileURLToPath(new URL('../../test/fixtures/models/llama', import.meta.url));

/** Runs a command line; what it prints and the exit code. */
async function output(...args: readonly string[]): Promise<{ out: string; err: string; code: number }> {
  let [out, err] = ['', ''];
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    out += `${line}\n`;
  });
  vi.spyOn(console, 'error').mockImplementation((line: string) => {
    err += `${line}\n`;
  });
  await run(['generate', ...args]);
  const code = Number(process.exitCode ?? 0);
  process.exitCode = 0;
  return { out, err, code };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('carryover generate', () => {
  it('prints one JSON line that a script can read', async () => {
    const { out, code } = await output('--model', model, '--prompt', 'so', '--max-tokens', '4', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      model: 'llama',
      text: expect.any(String),
      finish: 'length',
      tokens: { prompt: 3, completion: 4 },
    });
  });

  it('draws the same text with the same seed', async () => {
    const args = ['--model', model, '--prompt', 'so', '--max-tokens', '12', '--temperature', '1'];
    const first = await output(...args, '--seed', '5');
    expect((await output(...args, '--seed', '5')).out).toBe(first.out);
    expect((await output(...args, '--seed', '6')).out).not.toBe(first.out);
  });

  it.each([
    [['--model', 'openai:http://host/v1#m', '--prompt', 'x']],
    [['--model', '/no/such/model', '--prompt', 'x']],
    [['--model', model, '--prompt', 'x', '--top-p', '1.5', '--temperature', '1']],
    [['--model', model, '--prompt', 'x', '--max-tokens', '2.5']],
    [['--model', model, '--prompt', 'x', '--top-k', '3']],
  ])('ends with exit code 2 and a reason: %j', async (args) => {
    const { err, code } = await output(...args);
    expect(code).toBe(2);
    expect(err).not.toBe('');
    expect(err).not.toContain('    at ');
  });
});
