/** The model in the box is what its card and its file say. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import { GENERATORS } from '../procedural/index.ts';
import { wilsonInterval } from '../stats/wilson.ts';
import { pretrain } from './pretrain.ts';
import { parsePretraining } from './read-pretraining.ts';
import { scoreModel } from './score-model.ts';

const FOLDER = 'models/seedling';
const card = readFileSync(join(FOLDER, 'README.md'), 'utf8');
const LARGEST = 12 * 2 ** 20;
const ITEMS = 40;

it('has the shape that studies/seedling.yaml says, and is small', async () => {
  const pretraining = parsePretraining(
    'studies/seedling.yaml',
    readFileSync('studies/seedling.yaml', 'utf8'),
  );
  const model = await openCheckpoint({ ref: 'builtin:seedling' });
  expect(model.config).toMatchObject(pretraining.model);
  expect(model.config.vocabulary).toBe(pretraining.tokenizer.entries);
  expect(card).toContain(`A base model of ${model.parameters.toLocaleString('en')} parameters`);
  await model.close();
  const sizes = (await readdir(FOLDER)).map((name) => statSync(join(FOLDER, name)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LARGEST);
});

it('was made as studies/seedling.yaml says now', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'carryover-seedling-'));
  copyFileSync(join(FOLDER, 'pretraining.json'), join(copy, 'pretraining.json'));
  const text = readFileSync('studies/seedling.yaml', 'utf8');
  // Other settings would be refused, further rounds trained.
  const made = await pretrain(parsePretraining('studies/seedling.yaml', text), copy, {
    onPrepared: () => expect.fail('there are rounds that this model has not seen'),
    onStep: () => undefined,
  });
  expect(made.wasFinished).toBe(true);
  rmSync(copy, { recursive: true });
});

it('its card has a score for every task', () => {
  const named = [...card.matchAll(/^\| (\w+) \| [a-z]+ \| [\d.]+ \|/gm)].map((row) => row[1]);
  expect(named.sort()).toEqual(Object.keys(GENERATORS).sort());
});

it.each(['arithmetic', 'unit_conversion', 'deduction'])('scores on %s as its card says', async (name) => {
  const scores = await scoreModel(FOLDER, {
    tasks: [GENERATORS[name]!],
    limit: ITEMS,
    work: join(tmpdir(), `carryover-seedling-${process.pid}-${name}`),
  });
  const stated = Number(
    card.match(new RegExp(`^\\| ${name} \\| \\w+ \\| \\d+ \\| [\\d.]+ \\| ([\\d.]+) \\|`, 'm'))![1],
  );
  // 99.9 %: a model other than the card's would have to come close by chance.
  const { low, high } = wilsonInterval(scores[0]!.test.value * ITEMS, ITEMS, 0.999);
  expect(stated / 100).toBeGreaterThanOrEqual(low);
  expect(stated / 100).toBeLessThanOrEqual(high);
});
