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

/** Bytes that can still be allocated: on Linux the kernel's estimate (which counts reclaimable caches). */
export function availableMemory(): number {
  try {
    const line = readFileSync('/proc/meminfo', 'utf8').match(/^MemAvailable:\s+(\d+) kB/m);
    if (line) return Number(line[1]) * 1024;
  } catch {
    // Not Linux: the portable figure follows.
  }
  return freemem();
}

export function totalMemory(): number {
  return totalmem();
}
