import { describe, expect, it } from 'vitest';
import { printDuration } from '../../text/duration.ts';
import type { StudyEvent } from '../events.ts';
import { drawFrame, type ViewRow } from './frame.ts';
import { plainLines } from './plain.ts';
import { advance, EMPTY_VIEW, type RunView, runLeft, stepLeft } from './progress-state.ts';

const EVENTS: readonly (readonly [seconds: number, event: StudyEvent])[] = [
  [
    0,
    {
      type: 'run-started',
      study: 'demo',
      steps: [
        { id: 'e-base', kind: 'evaluate', label: 'evaluate: base', needs: [] },
        { id: 'd', kind: 'data', label: 'data: 2000 tokens of math', needs: [] },
        { id: 't', kind: 'train', label: 'train: math-only', needs: ['d'] },
        { id: 'e-math', kind: 'evaluate', label: 'evaluate: math-only', needs: ['t'] },
      ],
    },
  ],
  [1, { type: 'step-started', step: 'e-base', fingerprint: 'f' }],
  [61, { type: 'step-finished', step: 'e-base', fingerprint: 'f', summary: '24 items' }],
  [62, { type: 'step-restored', step: 'd', fingerprint: 'f' }],
  [62, { type: 'step-started', step: 't', fingerprint: 'f', stale: 'config.learning_rate 0.001 -> 0.002' }],
  [70, { type: 'step-progress', step: 't', progress: { done: 0, total: 8, unit: 'steps', tokens: 0 } }],
  [
    72,
    {
      type: 'step-progress',
      step: 't',
      progress: { done: 1, total: 8, unit: 'steps', tokens: 400, loss: 2.5 },
    },
  ],
  [
    74,
    {
      type: 'step-progress',
      step: 't',
      progress: { done: 2, total: 8, unit: 'steps', tokens: 800, loss: 2.25 },
    },
  ],
  [
    90,
    {
      type: 'step-progress',
      step: 't',
      progress: { done: 7, total: 8, unit: 'steps', tokens: 3200, loss: 1.5 },
    },
  ],
  [95, { type: 'step-failed', step: 't', reason: 'out of memory' }],
  [95, { type: 'step-skipped', step: 'e-math', because: 'train: math-only failed' }],
];

const ROWS: readonly ViewRow[] = [
  { name: 'base', cells: [{ title: 'evaluate', step: 'e-base' }] },
  {
    name: 'math-only',
    cells: [
      { title: 'data', step: 'd' },
      { title: 'train', step: 't' },
      { title: 'evaluate', step: 'e-math' },
    ],
  },
];

function viewAt(seconds: number): RunView {
  return EVENTS.filter(([at]) => at <= seconds).reduce(
    (view, [at, event]) => advance(view, event, 1000 * at),
    EMPTY_VIEW,
  );
}

describe('the live view', () => {
  it('shows arms, steps, speed, loss and what is left', () => {
    expect(`\n${drawFrame(viewAt(74), ROWS, 75_000, 100)}\n`).toMatchInlineSnapshot(`
      "
      demo: 2 of 4 steps, 1:15 so far, about 1:11 left

        base       evaluate ✓
        math-only  data ✓   train 25 %   evaluate ·

      train: math-only
        █████░░░░░░░░░░░░░░░  2 of 8 steps  200 tokens/s  loss 2.250  0:11 left
      "
    `);
  });

  it('keeps to the width of the terminal', () => {
    for (const line of drawFrame(viewAt(74), ROWS, 75_000, 30).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(30);
    }
  });

  it('marks what failed and what was skipped for it', () => {
    expect(`\n${drawFrame(viewAt(95), ROWS, 95_000, 100)}\n`).toMatchInlineSnapshot(`
      "
      demo: 2 of 4 steps, 1:35 so far, about 0:00 left

        base       evaluate ✓
        math-only  data ✓   train ✗   evaluate -
      "
    `);
  });

  it('adds the waiting evaluation, as long as the one before, to what is left', () => {
    // Training: 6 steps of 2 s, one second of which has passed; the evaluation of base took 60 s.
    expect(runLeft(viewAt(74), 75_000)).toBe(11_000 + 60_000);
  });

  it('reckons with answers that are not kept yet, without counting them as done', () => {
    const answers = [
      [1, { done: 0 }],
      [11, { done: 0, ahead: 10 }],
    ] as const;
    const started = { type: 'step-started', step: 'e-base', fingerprint: 'f' } as const;
    const view = answers.reduce(
      (now, [seconds, progress]) =>
        advance(
          now,
          { type: 'step-progress', step: 'e-base', progress: { ...progress, total: 30, unit: 'items' } },
          1000 * seconds,
        ),
      advance(advance(EMPTY_VIEW, EVENTS[0]![1], 0), started, 1000),
    );
    // 10 answers in 10 s; 20 are left.
    expect(stepLeft(view.steps.get('e-base')!, 11_000)).toBe(20_000);
    expect(view.steps.get('e-base')!.last!.progress.done).toBe(0);
  });

  it('says nothing about the time left before it can know', () => {
    expect(runLeft(viewAt(1), 2000)).toBeUndefined();
  });
});

it('prints plain lines, progress at most every 15 s', () => {
  const lines = plainLines();
  expect(EVENTS.flatMap(([at, event]) => lines.next(event, 1000 * at))).toMatchInlineSnapshot(`
    [
      "demo: 4 steps",
      "started      evaluate: base",
      "finished     evaluate: base in 1:00: 24 items",
      "done before  data: 2000 tokens of math",
      "again        train: math-only (stale because config.learning_rate 0.001 -> 0.002)",
      "             ██████████████████░░  7 of 8 steps  160 tokens/s  loss 1.500  0:03 left",
      "failed       train: math-only: out of memory",
    ]
  `);
});

it('prints durations', () => {
  expect([0, 59_400, 59_600, 3_599_000, 3_661_000].map(printDuration)).toEqual([
    '0:00',
    '0:59',
    '1:00',
    '59:59',
    '1:01:01',
  ]);
});
