import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseMixture } from '../data/mixture/read-mixture.ts';
import { parsePretraining } from '../pretraining/read-pretraining.ts';
import { parseStudyText } from './read-study.ts';

const READERS = { study: parseStudyText, mixture: parseMixture, pretraining: parsePretraining };
const FILES = {
  'studies/quickstart.yaml': 'study',
  'studies/mixture.yaml': 'mixture',
  'studies/seedling.yaml': 'pretraining',
} as const;

test('a file of another kind is named for what it is, with the command that takes it', () => {
  const said: string[] = [];
  for (const [file, kind] of Object.entries(FILES)) {
    const text = readFileSync(file, 'utf8');
    expect(() => READERS[kind](file, text)).not.toThrow();
    for (const other of Object.keys(READERS) as (keyof typeof READERS)[]) {
      if (other === kind) continue;
      try {
        READERS[other](file, text);
        said.push('read');
      } catch (error) {
        said.push(String(error));
      }
    }
  }
  expect(said.join('\n')).toMatchInlineSnapshot(`
    "studies/quickstart.yaml: this is a study, not a mixture
      Use: carryover run studies/quickstart.yaml
    studies/quickstart.yaml: this is a study, not a pretraining
      Use: carryover run studies/quickstart.yaml
    studies/mixture.yaml: this is a mixture, not a study
      Use: carryover data mix studies/mixture.yaml (which shows what comes of it) or carryover train --model MODEL --data studies/mixture.yaml --out DIR
    studies/mixture.yaml: this is a mixture, not a pretraining
      Use: carryover data mix studies/mixture.yaml (which shows what comes of it) or carryover train --model MODEL --data studies/mixture.yaml --out DIR
    studies/seedling.yaml: this is a pretraining, not a study
      Use: carryover pretrain studies/seedling.yaml
    studies/seedling.yaml: this is a pretraining, not a mixture
      Use: carryover pretrain studies/seedling.yaml"
  `);
});

test('a benchmark file given as a study', () => {
  const text =
    'name: own\ndomain: logical\nabilities: [deduction]\ndata: { file: x.jsonl }\nprompt: "{q}"\nanswer: "{a}"\n';
  expect(() => parseStudyText('own.yaml', text)).toThrow('this is a benchmark, not a study');
});

test('a study or a mixture with a slip of its own is told the slip', () => {
  expect(() => parseStudyText('s.yaml', 'name: x\nsources: { a: { file: a.jsonl } }\narm: []\n')).toThrow(
    /arm: unknown key/,
  );
  expect(() => parseMixture('m.yaml', 'sources: { a: { file: a.jsonl } }\nweigths: { a: 1 }\n')).toThrow(
    /did you mean weights/,
  );
});
