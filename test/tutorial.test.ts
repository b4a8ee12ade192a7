/**
 * Every command of docs/tutorial.md, block by block in a folder like a clone, with the sources in place of the build.
 * The quickstart study is cut down in numbers (tokens, steps, items), never in kind. What needs the real model or the
 * hub is skipped without them.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'carryover-tutorial-'));
const text = readFileSync('docs/tutorial.md', 'utf8');
const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
const REAL_MODEL = process.env['CARRYOVER_TEST_MODEL'];
const HUB = process.env['CARRYOVER_HUB'];
const needsHub = (block: string): boolean => block.includes('smollm2.yaml');
const reason = ' (skipped: CARRYOVER_TEST_MODEL and CARRYOVER_HUB are not both set)';

/** A program of its own in the folder's bin/, which comes first where programs are looked up. */
function program(name: string, body: string): void {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

beforeAll(() => {
  for (const name of ['bin', 'studies']) mkdirSync(join(folder, name));
  const node = `"${process.execPath}" --import "${resolve('node_modules/tsx/dist/esm/index.mjs')}"`;
  program('carryover', `exec ${node} "${resolve('test/carryover.ts')}" "$@"`);
  program(
    'npm',
    `shift; [ "$1" = -- ] && shift; exec ${node} "${resolve('test/start-study.ts')}" studies/quickstart.yaml "$@"`,
  );
  for (const name of ['smollm2.yaml', 'seedling.yaml'])
    cpSync(`studies/${name}`, join(folder, 'studies', name));
  writeFileSync(
    join(folder, 'studies', 'quickstart.yaml'),
    smaller(readFileSync('studies/quickstart.yaml', 'utf8')),
  );
  if (REAL_MODEL) symlinkSync(resolve(REAL_MODEL), join(folder, 'SmolLM2-135M-Instruct.gguf'));
});

/** The study with fewer tokens, steps and items. Throws when the file does not say them as expected. */
function smaller(study: string): string {
  const numbers = { supervised_tokens: 1200, steps: 4, limit: 1, rows: 400 };
  const changes: readonly (readonly [RegExp, string])[] = [
    ...Object.entries(numbers).map(
      ([key, value]) => [new RegExp(`\\b${key}: \\d+`, 'g'), `${key}: ${value}`] as const,
    ),
    [/\blimits: \{[^}]+\}/g, 'limits: { mathematical: 1 }'],
  ];
  return changes.reduce((all, [found, put]) => {
    const changed = all.replace(found, put);
    if (changed === all) throw new Error(`studies/quickstart.yaml has nothing like ${found.source}`);
    return changed;
  }, study);
}

describe('docs/tutorial.md', () => {
  it('has blocks of commands, and the links of its text lead to files', () => {
    expect(blocks.length).toBeGreaterThan(8);
    const links = [...text.matchAll(/\]\((\.\.\/[^)#]+)/g)].map((match) => join('docs', match[1]!));
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });

  for (const [at, block] of blocks.entries()) {
    const title = block.split('\n')[0]!;
    const skip = needsHub(block) && !(REAL_MODEL && HUB);
    it.skipIf(skip)(`${at + 1}. ${title}${skip ? reason : ''}`, { timeout: 300_000 }, () => {
      const { status, stderr } = spawnSync('sh', ['-ec', block], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}` },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(stderr.slice(-2000), block).not.toContain('error:');
      expect(status, stderr.slice(-2000)).toBe(0);
    });
  }

  it('leaves what it promises', () => {
    for (const path of [
      'runs/quickstart/report/index.html',
      'runs/quickstart-seed-1/report.md',
      'runs/symbolic/report.json',
      'out/mine/model.safetensors',
      'results/mine/results.json',
      'out/trial/config.json',
    ])
      expect(existsSync(join(folder, path)), path).toBe(true);
  });
});
