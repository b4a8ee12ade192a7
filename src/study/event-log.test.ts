import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openEventLog, parseEventLog } from './event-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-events-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('keeps the order, adds times, and survives a line that was torn by a kill', async () => {
  const path = join(folder, 'events.jsonl');
  const first = await openEventLog(path);
  first.write({ type: 'run-started', study: 'demo', steps: [] });
  first.write({ type: 'step-started', step: 'a', fingerprint: 'f' });
  await first.close();
  appendFileSync(path, '{"time":"2026-11-23T00:00:00.000Z","type":"step-fin');
  const second = await openEventLog(path);
  second.write({ type: 'step-started', step: 'a', fingerprint: 'f' });
  await second.close();
  const events = parseEventLog(readFileSync(path, 'utf8'));
  expect(events.map(({ type }) => type)).toEqual(['run-started', 'step-started', 'step-started']);
  expect(events.every(({ time }) => Number.isFinite(Date.parse(time)))).toBe(true);
});

it('writes the first and the last progress of a step at once, and few in between', async () => {
  const path = join(folder, 'progress.jsonl');
  const log = await openEventLog(path);
  for (let done = 0; done <= 1000; done++) {
    log.write({ type: 'step-progress', step: 'a', progress: { done, total: 1000, unit: 'items' } });
  }
  await log.close();
  const written = parseEventLog(readFileSync(path, 'utf8')).flatMap((event) =>
    event.type === 'step-progress' ? [event.progress.done] : [],
  );
  expect(written[0]).toBe(0);
  expect(written.at(-1)).toBe(1000);
  expect(written.length).toBeLessThan(100);
});
