/** Facts about the machine this runs on. */

import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';

/** Cores this process may use. */
export function cores(): number {
  return availableParallelism();
}

export function processorName(): string {
  return cpus()[0]?.model ?? 'unknown processor';
}

/**
 * Bytes that can still be allocated: on Linux the kernel's estimate (which counts reclaimable caches), in a container
 * no more than its limit leaves.
 */
export function availableMemory(): number {
  return Math.min(freeOnMachine(), Math.max(0, totalMemory() - process.memoryUsage.rss()));
}

function freeOnMachine(): number {
  try {
    const line = readFileSync('/proc/meminfo', 'utf8').match(/^MemAvailable:\s+(\d+) kB/m);
    if (line) return Number(line[1]) * 1024;
  } catch {
    // Not Linux: the portable figure follows.
  }
  return freemem();
}

/** Bytes this process may ever use: the machine's memory, or a container's (control group's) smaller limit. */
export function totalMemory(): number {
  return withinLimit(totalmem(), process.constrainedMemory());
}

/** `limit` is 0 or undefined where there is none, and beyond all memory for a group without one. */
export function withinLimit(bytes: number, limit: number | undefined): number {
  return limit !== undefined && limit > 0 ? Math.min(bytes, limit) : bytes;
}
