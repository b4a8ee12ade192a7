import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { ownTime, processorTime } from './thread-time.ts';

/** Says its thread's name below /proc, then works until 100 ms of its processor time are over, then sleeps. */
const WORK = `
const { parentPort } = require('node:worker_threads');
const { readFileSync, readlinkSync } = require('node:fs');
const ran = () => Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
parentPort.on('message', () => {
  const start = ran();
  while (ran() - start < 100);
  parentPort.postMessage('worked');
});
parentPort.postMessage(readlinkSync('/proc/thread-self'));
`;
const linux = existsSync('/proc/self/schedstat');
const workers: Worker[] = [];
afterAll(() => Promise.all(workers.map((worker) => worker.terminate())));

describe.skipIf(!linux)(`a thread's own time${linux ? '' : ' (skipped: only Linux tells it)'}`, () => {
  it('has its work in it, and no more than the time on the wall', async () => {
    const worker = new Worker(WORK, { eval: true });
    workers.push(worker);
    const said = () => new Promise<string>((resolve) => worker.once('message', resolve));
    const thread = await said();
    const before = processorTime(thread)!;
    const watch = ownTime(thread);
    const start = performance.now();
    const looking = setInterval(watch, 100);
    worker.postMessage('work');
    await said();
    clearInterval(looking);
    const spent = watch();
    expect(spent).toBeGreaterThanOrEqual(99);
    expect(spent).toBeLessThanOrEqual(performance.now() - start + 1);
    expect(processorTime(thread)! - before).toBeGreaterThanOrEqual(0.1);
  });
});

it('is the time on the wall where the system tells nothing', async () => {
  for (const thread of [null, 'no such thread']) {
    const watch = ownTime(thread);
    await new Promise((done) => setTimeout(done, 20));
    expect(watch()).toBeGreaterThanOrEqual(18);
    expect(processorTime(thread)).toBe(null);
  }
});
