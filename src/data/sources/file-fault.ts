/** Faults of a file as the user's errors: with the name that the user knows, and the place. */
import { UserError } from '../../errors.ts';
import { TextFault } from '../../platform/text-fault.ts';
import type { DataFile } from './row.ts';

/** What `read` yields. What is wrong with the file's bytes, or with reading it, becomes a UserError. */
export async function* faultsOf<Value>(
  file: DataFile,
  read: AsyncIterable<Value>,
): AsyncGenerator<Value, undefined> {
  try {
    yield* read;
  } catch (cause) {
    throw fileError(file, cause);
  }
  return undefined;
}

/** Errors of the system (`EACCES`, `EIO`) and faults of the text get a place; everything else is returned as it is. */
export function fileError(file: DataFile, cause: unknown): unknown {
  if (cause instanceof TextFault) {
    const { message, remedy, line, column } = cause;
    return new UserError(message, {
      place: {
        file: file.shown,
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
      },
      remedy,
      cause,
    });
  }
  const { code, syscall, message } = cause as { code?: unknown; syscall?: unknown; message?: string };
  if (typeof code !== 'string' || syscall === undefined) return cause;
  return new UserError(`Cannot read the file: ${message}.`, {
    place: { file: file.shown },
    remedy: 'Check that you may read it and that its disk is there.',
    cause,
  });
}
