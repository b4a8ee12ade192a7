/** Gzip (RFC 1952) as a stream: one member or many, also behind zeros that fill a block, as tape archives have them. */
import { createGunzip, type Gunzip } from 'node:zlib';
import { TextFault } from './text-fault.ts';

/**
 * The content of all members, `chunk` bytes at a time at most. `createGunzip` goes on with a member that follows at
 * once, but takes a zero for the end of everything (`src/node_zlib.cc`), where gzip(1) skips zeros and reads on.
 * Throws TextFault for damaged data and for what follows them and is neither.
 */
export async function* gunzipped(file: AsyncIterable<Uint8Array>, chunk: number): AsyncGenerator<Uint8Array> {
  const pieces = file[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  let done = 0;
  let begins = false;
  const refill = async (): Promise<boolean> => {
    while (rest.length === 0) {
      const next = await pieces.next();
      if (next.done) return false;
      rest = next.value;
    }
    return true;
  };
  const feed = async (unzip: Gunzip): Promise<void> => {
    for (let open = true; open; ) {
      if (!(await refill())) {
        unzip.end();
        return;
      }
      const before = unzip.bytesWritten;
      open = await written(unzip, rest);
      done += unzip.bytesWritten - before;
      rest = rest.subarray(unzip.bytesWritten - before);
    }
  };
  try {
    // The first of the two bytes that every member begins with (section 2.3.1).
    begins = (await refill()) && rest[0] === 0x1f;
    for (let first = true; ; first = false) {
      while (!first && (await refill()) && rest[0] === 0) {
        const zeros = rest.findIndex((byte) => byte !== 0);
        done += zeros < 0 ? rest.length : zeros;
        rest = zeros < 0 ? rest.subarray(rest.length) : rest.subarray(zeros);
      }
      if (!first && rest.length === 0) return;
      const unzip = createGunzip({ chunkSize: chunk });
      const fed = feed(unzip).catch((error: Error) => {
        unzip.destroy(error);
      });
      for await (const bytes of unzip) yield bytes as Uint8Array;
      await fed;
    }
  } catch (error) {
    throw fault(error, begins ? done : null);
  } finally {
    await pieces.return?.();
  }
}

/** Whether more may be written; `unzip.bytesWritten` then says how many of the bytes were taken. */
function written(unzip: Gunzip, bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const over = (): void => resolve(false);
    // What it does not want it never calls back for.
    unzip.once('end', over).once('close', over);
    unzip.write(bytes, () => {
      unzip.off('end', over).off('close', over);
      resolve(true);
    });
  });
}

/** `done`: the bytes that were taken without a fault; null when the file does not even begin as gzip does. */
function fault(error: unknown, done: number | null): unknown {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string' || !code.startsWith('Z_')) return error;
  if (code === 'Z_BUF_ERROR')
    return new TextFault('The compressed file ends too early.', 'It was cut short: fetch it again.');
  const { message } = error as Error;
  if (done === null)
    return new TextFault(
      `This is no gzip data: ${message}.`,
      'Fetch it again, or correct the ending of its name.',
    );
  const place = done === 0 ? '' : `, behind byte ${done}`;
  return new TextFault(
    `The gzip data are damaged, or something else follows them${place}: ${message}.`,
    'Fetch it again; bytes that do not belong to it must be cut off.',
  );
}
