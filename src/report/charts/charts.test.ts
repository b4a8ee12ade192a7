import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syntheticInput } from '../../../test/synthetic-run.ts';
import { buildReport } from '../build-report.ts';
import { benchmarkScores, domainForest, gainPoints, lossLines, outcomesOfArms } from '../html/chart-data.ts';
import { difficultyData, gapForest } from '../html/split-charts.ts';
import type { Report } from '../report.ts';
import { reportJson } from '../report-json.ts';
import { difficultyCurves } from './difficulty-curves.ts';
import { forestPlot } from './forest-plot.ts';
import { gainForgetting } from './gain-forgetting.ts';
import { lengthBars } from './length-bars.ts';
import { lossCurves } from './loss-curves.ts';
import { outcomeBars } from './outcome-bars.ts';
import { linearScale } from './scale.ts';
import { scorePlot } from './score-plot.ts';
import { element } from './svg.ts';

const report = JSON.parse(reportJson(buildReport(syntheticInput({ limit: 40 })))) as Report;
const variants = buildReport(syntheticInput({ limit: 40, variants: true }));
const scatter = { title: 'Gain', across: 'transfer', upwards: 'guards', points: gainPoints(report) };

const LENGTHS = [32, 64, 128, 256, 512, 1024].map((upTo, index) => ({
  upTo,
  examples: [0, 223, 444, 498, 120, 1][index]!,
}));

const FIGURES: Readonly<Record<string, string | null>> = {
  'forest-wide': forestPlot(domainForest(report), { width: 920 }),
  'forest-narrow': forestPlot(domainForest(report), { width: 344 }),
  'scores-wide': scorePlot(benchmarkScores(report), { width: 920 }),
  'scores-narrow': scorePlot(benchmarkScores(report), { width: 344 }),
  'outcomes-narrow': outcomeBars({ title: 'Outcomes', bars: outcomesOfArms(report) }, { width: 344 }),
  'losses-wide': lossCurves({ title: 'Loss', lines: lossLines(report) }, { width: 920, height: 360 }),
  'lengths-wide': lengthBars({ title: 'Lengths', bins: LENGTHS }, { width: 920 }),
  'lengths-narrow': lengthBars({ title: 'Lengths', bins: LENGTHS }, { width: 344 }),
  'gaps-narrow': forestPlot(gapForest(variants), { width: 344 }),
  'difficulty-wide': difficultyCurves(difficultyData(variants), { width: 920 }),
  'difficulty-narrow': difficultyCurves(difficultyData(variants), { width: 344 }),
  'gain-forgetting-narrow': gainForgetting(scatter, { width: 344, height: 330 }),
};

describe.each(Object.entries(FIGURES))('%s', (name, svg) => {
  test('is the figure that was looked at', async () => {
    // One element a line, so that a change can be read.
    const lines = svg?.replace(/></g, '>\n<');
    await expect(`${lines}\n`).toMatchFileSnapshot(`../../../test/golden/charts/${name}.svg`);
  });

  test('is well formed, and nothing is drawn outside', () => {
    const [, width, height] = /viewBox="0 0 (\d+) ([\d.]+)"/.exec(svg ?? '') ?? [];
    for (const [, axis, value] of (svg ?? '').matchAll(/ (x|x1|x2|cx|y|y1|y2|cy)="([^"]+)"/g)) {
      const at = Number(value);
      const limit = axis?.startsWith('x') || axis === 'cx' ? Number(width) : Number(height);
      expect(at, `${name}: ${axis}="${value}"`).toBeGreaterThanOrEqual(-1);
      expect(at, `${name}: ${axis}="${value}"`).toBeLessThanOrEqual(limit + 1);
    }
    const opened = (svg ?? '').match(/<[a-z]+[^>]*[^/]>/g)?.length;
    expect(svg?.match(/<\/[a-z]+>/g)?.length).toBe(opened);
  });
});

test('names from a run cannot leave their place', () => {
  const row = domainForest(report).rows[0];
  const hostile = { ...row, arm: { name: '"><script>alert(1)</script>', index: 1 } };
  const svg = forestPlot({ title: 't', band: 0.05, rows: [hostile as never] }, { width: 920 });
  expect(svg).not.toContain('<script');
  expect(() => element('line', { x1: Number.NaN })).toThrow(/coordinate of NaN/);
});

test('nothing to draw gives no figure', () => {
  expect(lossCurves({ title: '', lines: [] }, { width: 300, height: 200 })).toBeNull();
  expect(difficultyCurves({ title: '', arms: [], panels: [] }, { width: 300 })).toBeNull();
  expect(gainForgetting({ ...scatter, points: [] }, { width: 300, height: 200 })).toBeNull();
});

test('a scale covers its range with round, evenly spaced ticks, and is straight', () => {
  const number = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  fc.assert(
    fc.property(number, fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (low, span) => {
      const scale = linearScale([low, low + span], [0, 100]);
      const slack = 1e-6 * Math.max(1, Math.abs(low), span);
      expect(scale.domain[0]).toBeLessThanOrEqual(low + slack);
      expect(scale.domain[1]).toBeGreaterThanOrEqual(low + span - slack);
      expect(scale(scale.domain[0])).toBeCloseTo(0, 6);
      expect(scale(scale.domain[1])).toBeCloseTo(100, 6);
      expect(scale.ticks.length).toBeGreaterThan(2);
      expect(scale.ticks.length).toBeLessThan(15);
    }),
  );
  expect(linearScale([-0.13, 0.31], [0, 1], 8).ticks).toEqual([-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]);
});
