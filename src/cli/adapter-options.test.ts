/** An adapter trained on a base model without a chat template, asked by `eval` and `generate`. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';

const scratch = mkdtempSync(join(tmpdir(), 'carryover-adapter-'));
const base = join(scratch, 'base');
const out = join(scratch, 'out');
const adapter = join(out, 'adapter');
const rows = join(scratch, 'rows.jsonl');
const training = ['--lora', '2', '--length', '64', '--batch', '4'];

beforeAll(async () => {
  cpSync(fileURLToPath(new URL('../../test/fixtures/models/llama', import.meta.url)), base, {
    recursive: true,
  });
  rmSync(join(base, 'chat_template.jinja'));
  const lines = Array.from({ length: 8 }, (_, i) => ({ prompt: `${i} and 1`, completion: `${i + 1}` }));
  writeFileSync(rows, lines.map((line) => JSON.stringify(line)).join('\n'));
  const { code, error } = await carryover(
    'train',
    '--model',
    base,
    '--data',
    rows,
    '--out',
    out,
    ...training,
  );
  expect([code, error]).toEqual([0, '']);
});

const question = ['--adapter', adapter, '--prompt', '1 and 1', '--max-tokens', '2'];
const generate = (...more: string[]) => carryover('generate', '--model', base, ...question, ...more);
const evaluate = (folder: string, names: string, ...more: string[]) =>
  carryover(
    ...['eval', '--model', base, '--adapter', adapter, '--benchmarks', names, '--limit', '2'],
    ...['--out', join(scratch, folder), ...more],
  );
const settings = (folder: string) =>
  JSON.parse(readFileSync(join(scratch, folder, 'results.json'), 'utf8')).settings;
const prompts = (folder: string) =>
  readFileSync(join(scratch, folder, 'samples', 'proc', 'syllogisms.jsonl'), 'utf8');
const CHAT = '--apply-chat-template';
const TRAINED = 'Asked with the chat template chatml, which the adapter was trained with.';

test('the folder of an adapter says what it was trained with, and the model opens as the merged one', async () => {
  const noted = JSON.parse(readFileSync(join(adapter, 'carryover.json'), 'utf8'));
  expect(noted).toEqual({ template: { name: 'chatml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  const adapted = await openCheckpoint({ ref: base, adapter });
  const merged = await openCheckpoint({ ref: out });
  expect(adapted.chatTemplate?.source).toBe(merged.chatTemplate?.source);
  expect(adapted.config).toEqual(merged.config);
  expect(adapted.ownFingerprint).not.toBe(adapted.fingerprint);
  await adapted.close();
  await merged.close();
});

describe('generate', () => {
  test('asks in the template of the training and says so; without --chat nothing is said', async () => {
    const asked = await generate('--chat');
    expect([asked.said.trim(), asked.code]).toEqual([TRAINED, 0]);
    expect((await generate()).said).toBe('');
  });

  test('--template wins, and says what the adapter was trained with', async () => {
    expect((await generate('--chat', '--template', 'plain')).said.trim()).toBe(
      'Asked with the chat template plain; the adapter was trained with the chat template chatml.',
    );
    expect((await generate('--chat', '--template', 'chatml')).said).toBe('');
  });

  test('a template where none is used, or one that is none, is refused', async () => {
    const unused = await generate('--template', 'plain');
    expect(unused.error).toContain('--template has no effect without --chat');
    expect([unused.code, (await generate('--chat', '--template', 'chatlm')).code]).toEqual([2, 2]);
  });

  test('a base model alone has no template, and the message says how to give it one', async () => {
    const bare = await carryover('generate', '--model', base, '--prompt', 'x', '--chat');
    expect(bare.error).toContain('Name one (--template)');
    const named = ['--chat', '--template', 'plain', '--max-tokens', '1'];
    expect((await carryover('generate', '--model', base, '--prompt', 'x', ...named)).code).toBe(0);
  });

  test('an adapter of another version’s template is asked with a named one only', async () => {
    const other = join(scratch, 'other-version');
    cpSync(adapter, other, { recursive: true });
    const write = (template: object) =>
      writeFileSync(join(other, 'carryover.json'), JSON.stringify({ template }));
    const ask = (...more: string[]) =>
      carryover('generate', '--model', base, ...question, '--adapter', other, ...more);
    write({ name: 'chatml', sha256: '0' });
    expect((await ask('--chat')).error).toContain('which has another text in this version');
    expect((await ask('--chat', '--template', 'plain')).code).toBe(0);
    write({ name: 'no-such', sha256: '0' });
    expect((await ask()).error).toContain('the chat template no-such, which this version does not have');
    write({ name: 'model', sha256: '0' });
    expect((await ask('--chat', '--template', 'plain')).said).toContain('the own chat template of its model');
    expect((await ask()).code).toBe(0);
    write({ name: 'model' });
    const broken = await ask();
    expect(broken.error).toContain('template.sha256');
    expect(broken.code).toBe(2);
  });
});

describe('eval', () => {
  test('asks in the template of the training; the results name it', async () => {
    const { said, code } = await evaluate('a', 'proc/syllogisms', CHAT, '--log-prompts');
    expect([said, code]).toEqual([expect.stringContaining(TRAINED), 0]);
    expect(prompts('a')).toContain('<|im_start|>assistant\\n');
    expect(settings('a')).toMatchObject({ chat_template: true, template: 'chatml' });
  });

  test('--template wins; another one than that of the results there is another setting', async () => {
    await evaluate('b', 'proc/syllogisms,proc/deduction', CHAT);
    const some = await evaluate('b', 'proc/syllogisms', CHAT, '--template', 'plain');
    expect(some.error).toContain(
      'holds results with other settings (at most 2 items of each, chat template chatml): proc/deduction',
    );
    expect(some.code).toBe(2);
    const names = 'proc/syllogisms,proc/deduction';
    const all = await evaluate('b', names, CHAT, '--template', 'plain', '--log-prompts');
    expect(all.said).toContain(
      'Results with other settings (at most 2 items of each, chat template chatml) were in',
    );
    expect(settings('b').template).toBe('plain');
    expect(prompts('b')).toContain('### Assistant:\\n');
    const again = await evaluate('b', names, CHAT, '--template', 'plain');
    expect(again.said).not.toContain('other settings');
  });

  test('a template where none is used is refused before anything is opened', async () => {
    const { error, code } = await evaluate('c', 'proc/syllogisms', '--template', 'plain');
    expect(error).toContain(`--template has no effect without ${CHAT}`);
    expect(code).toBe(2);
  });
});
