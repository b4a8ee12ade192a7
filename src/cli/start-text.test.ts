/** What `start` advises must work: the command lines are understood, and the arm for a GPU is one. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseStudyText } from '../study/read-study.ts';
import { buildProgram } from './main.ts';
import { nextSteps, nextStepsHelp } from './start-text.ts';

test('the commands and options it names are there', () => {
  const text = `${nextSteps('carryover', 'carryover start --help')}\n${nextStepsHelp()}`;
  const lines = text.match(/\bcarryover [a-z]+ .*/g)!.map((line) => line.split(/ {2,}/)[0]!);
  expect(lines.length).toBeGreaterThan(6);
  for (const line of lines) {
    const [, name = '', ...words] = line.split(' ');
    const command = buildProgram().commands.find((one) => one.name() === name);
    const sub = command?.commands.find((one) => one.name() === words[0]) ?? command;
    const known = ['--help', ...(sub?.options.map(({ long }) => long) ?? [])];
    for (const word of words.filter((one) => one.startsWith('--'))) expect(known, line).toContain(word);
    expect(command, line).toBeDefined();
  }
});

test('the arm of a model from elsewhere is understood', () => {
  const arms = nextStepsHelp().match(/^ {4}arms:\n(?: {6}- .*\n)+/m)![0];
  const text = `name: mine\nmodel: m\n${arms.replaceAll(/^ {4}/gm, '')}evaluation: { benchmarks: [gsm8k] }\n`;
  const { study } = parseStudyText('mine.yaml', text);
  expect(study.arms).toHaveLength(2);
  const [advised] = nextSteps('carryover', '').match(/\{ name: mine.*\}/)!;
  expect(arms.replace('./trained-on-a-gpu', 'FOLDER')).toContain(advised);
});

test('the study files it names exist, in a clone and elsewhere', () => {
  for (const folder of [process.cwd(), join(process.cwd(), 'docs'), tmpdir()]) {
    const text = `${nextSteps('carryover', '', folder)}\n${nextStepsHelp(folder)}`;
    const named = text.match(/[^\s']*studies[/\\][\w.]+/g)!;
    expect(named.length).toBeGreaterThan(6);
    for (const path of named) expect(existsSync(resolve(folder, path)), path).toBe(true);
  }
  expect(nextSteps('carryover', 'npm start -- --help', process.cwd())).toContain(
    'carryover run studies/quickstart.yaml --model MODEL',
  );
});
