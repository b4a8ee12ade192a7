/** A folder with a user's own benchmarks and their rows, in which the tests of a file work. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect } from 'vitest';
import { carryover } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'own-'));
const home = process.cwd();
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});
beforeEach(() => process.chdir(folder));

export const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

export const CAPITALS = `name: capitals
title: Capitals
domain: guards
abilities: [general-knowledge]
data: { file: capitals.csv }
prompt: "Question: What is the capital of {{country}}?\\nAnswer:"
choices: ["{{a}}", "{{b}}", "{{c}}"]
answer: "{{right}}"
answer_as: letter
cluster: "{{continent}}"
`;
export const ROWS = `country,a,b,c,right,continent
France,Paris,Rome,Oslo,A,Europe
Italy,Paris,Rome,Oslo,B,Europe
Japan,Osaka,Kyoto,Tokyo,C,Asia
`;
export const SUMS = `name: sums
domain: mathematical
abilities: [arithmetic]
why: One addition.
data: { file: sums.jsonl }
prompt: "{{a}} + {{b}} ="
answer: "{{sum}}"
score: number
shots: { count: 2 }
stop: ["\\n"]
max_tokens: 8
`;
write('capitals.csv', ROWS);
write('sums.jsonl', [1, 2, 3, 4].map((a) => `${JSON.stringify({ a, b: a + 1, sum: 2 * a + 1 })}\n`).join(''));

/** What `benchmarks check` says of a file with mistakes. */
export const check = async (name: string, text: string): Promise<string> => {
  const { error, code } = await carryover('benchmarks', 'check', write(name, text));
  expect(code).toBe(2);
  return error;
};
