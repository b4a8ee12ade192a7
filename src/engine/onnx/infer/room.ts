import { UserError } from '../../../errors.ts';
import { availableMemory } from '../../../platform/machine.ts';

/** Below this an allocation is not worth a look at the machine's memory. */
const SMALL = 256 * 2 ** 20;

/** A size for people. */
export function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

/** Throws UserError when `bytes` more for `what` exceed what is free, before they are allocated. */
export function refuseWithoutRoom(what: string, bytes: number, free: () => number = availableMemory): void {
  if (bytes < SMALL) return;
  const left = free();
  if (bytes <= left) return;
  throw new UserError(`${what} needs ${gibibytes(bytes)} of memory, ${gibibytes(left)} are free`, {
    remedy: 'Close other programs, or take shorter prompts or fewer tokens to write.',
  });
}
