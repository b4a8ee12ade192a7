import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import type { DomainAudit } from '../domains/audit/audit.ts';
import { simulatedPanel } from '../domains/audit/simulate.cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NAMES = {
  'mathematical-0': 'proc/arithmetic',
  'mathematical-1': 'proc/equations',
  'mathematical-2': 'proc/fractions',
  'symbolic-0': 'proc/last_letters',
  'symbolic-1': 'proc/bracket_completion',
  'symbolic-2': 'proc/navigation',
  'code-0': 'proc/program_output',
  'code-1': 'proc/function_completion',
  'code-2': 'proc/variable_trace',
} as const;

/** Evaluations as `carryover eval --out` leaves them, of twelve models whose abilities go by domain. */
beforeAll(() => {
  const panel = simulatedPanel(
    { general: 0.6, domain: 1, form: 0, own: 0.4 },
    { models: 12, domains: ['mathematical', 'symbolic', 'code'], each: 3, items: 40 },
    7,
  );
  panel.models.forEach(({ name }, m) => {
    for (const measure of panel.measures) {
      const benchmark = NAMES[measure.name as keyof typeof NAMES];
      const lines = Array.from({ length: 40 }, (_, at) => {
        const value = measure.sums[m * 40 + at]!;
        const outcome = value === 1 ? 'correct' : 'wrong';
        const readings = { compatible: {}, corrected: {} };
        return JSON.stringify({ benchmark, id: `i${at}`, cluster: `i${at}`, value, outcome, readings });
      });
      const file = join(folder, name, 'samples', `${benchmark}.jsonl`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${lines.join('\n')}\n`);
    }
    const settings = { fingerprint: name, limit: 40, chat_template: false };
    writeFileSync(
      join(folder, name, 'results.json'),
      JSON.stringify({ model: name, settings, benchmarks: {} }),
    );
  });
  // The same model in another place, and a run with two seeds of one arm.
  cpSync(join(folder, 'model-0'), join(folder, 'copy'), { recursive: true });
  for (const seed of [1, 2])
    cpSync(join(folder, `model-${seed}`), join(folder, 'run', 'evaluations', `mixed-${seed}`), {
      recursive: true,
    });
});

const models = (count: number) => Array.from({ length: count }, (_, at) => join(folder, `model-${at}`));

describe('carryover benchmarks audit', () => {
  it('says whether the domains hold together', async () => {
    const { out, code } = await carryover('benchmarks', 'audit', ...models(12), join(folder, 'copy'));
    expect(code).toBe(0);
    expect(out.replaceAll(folder, 'HERE')).toMatchInlineSnapshot(`
      "12 models, 9 measures of 3 domains.
      The domains: holds together. Its benchmarks correlate more with each other than with those of other domains.

      Mean correlation across models, freed from the noise of the items (inside a domain on the diagonal):
                      mathematical  symbolic  code
        mathematical          0.80
        symbolic              0.20      0.96
        code                 -0.06      0.15  0.92

      How much more benchmarks of a domain correlate with each other than with others:
                      inside - outside  95 % interval  by form alone      p  verdict
        mathematical              0.73   0.09 to 1.26           0.00  0.053  cannot tell
        symbolic                  0.78   0.39 to 1.30           0.01  0.053  cannot tell
        code                      0.86   0.28 to 1.48           0.01  0.046  holds together
        all                       0.79   0.36 to 1.25           0.01  0.005  holds together

      One general factor explains 39 % of how the models differ (0.40 to 0.71): the more, the less is left for domains.

      Counted once:
        HERE/copy: the same model as HERE/model-0
      "
    `);
  });

  it('gives every pair as data, and counts the seeds of an arm once', async () => {
    const folders = [join(folder, 'run'), join(folder, 'model-3')];
    const { out } = await carryover('benchmarks', 'audit', ...folders, '--json', '--seed', '3');
    const audit = JSON.parse(out) as DomainAudit;
    expect(audit).toMatchObject({ models: 3, groups: 2, whole: { verdict: 'cannot tell' } });
    const kept = audit.measures.filter(({ reliability }) => reliability >= 0.5).length;
    expect(audit.pairs).toHaveLength((kept * (kept - 1)) / 2);
  });

  it('says how many models it needs, and which folders are one model', async () => {
    const { code, error } = await carryover('benchmarks', 'audit', ...models(1), join(folder, 'copy'));
    expect([code, error.replaceAll(folder, 'HERE')]).toMatchInlineSnapshot(`
      [
        2,
        "An audit looks at how models differ: at least 3 are needed, and 8 independent ones for a verdict. 1 model found.
      Counted once:
        HERE/copy: the same model as HERE/model-0
        Name the folders of more models, evaluated on the same benchmarks, such as --suite quick.
      ",
      ]
    `);
    const { merged } = JSON.parse(
      (await carryover('benchmarks', 'audit', ...models(3), join(folder, 'copy'), '--json')).out,
    ) as { merged: unknown[] };
    expect(merged).toEqual([{ folder: join(folder, 'copy'), as: join(folder, 'model-0') }]);
  });

  it('refuses folders that hold nothing', async () => {
    const none = await carryover('benchmarks', 'audit', join(folder, 'nowhere'));
    expect([none.code, none.error.split('\n')[0]]).toEqual([
      2,
      `${join(folder, 'nowhere')}: There is no such folder.`,
    ]);
    expect((await carryover('benchmarks', 'audit')).code).toBe(2);
  });
});
