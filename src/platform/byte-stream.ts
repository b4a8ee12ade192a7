/** The bytes of a file, decompressed on the way when its name ends in `.gz` or `.zst`. */
import { createReadStream } from 'node:fs';
import { gunzipped } from './gzip.ts';
import { TextFault } from './text-fault.ts';
import { unzstd } from './zstd.ts';

export interface ReadOptions {
  /** Called as the file is read, with its bytes read so far (compressed ones, where it is compressed). */
  readonly onBytes?: ((done: number) => void) | undefined;
}

/** Bytes read at once. */
const CHUNK = 256 * 1024;

/**
 * Text compresses to a fifth, generated text to a fiftieth at best. A file that grows beyond this many times its size
 * is a bomb (deflate reaches 1,032, RFC 1951), and would fill the disk of whoever keeps its rows.
 */
export const MOST_TIMES_LARGER = 200;
/** Below so many bytes no file is suspected: a few lines of zeros are no attack. */
const UNSUSPECTED = 64 * 1024 * 1024;

const gunzippedText = (file: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => gunzipped(file, CHUNK);

/** Throws TextFault for a bomb and for damaged compressed data; the system's errors as they are. */
export async function* byteStream(path: string, options: ReadOptions = {}): AsyncGenerator<Uint8Array> {
  let read = 0;
  const file = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
      read += (chunk as Uint8Array).length;
      options.onBytes?.(read);
      yield chunk as Uint8Array;
    }
  };
  const unpack = /\.gz$/i.test(path) ? gunzippedText : /\.zst$/i.test(path) ? unzstd : undefined;
  if (unpack === undefined) {
    yield* file();
    return;
  }
  let grown = 0;
  for await (const chunk of unpack(file())) {
    grown += chunk.length;
    if (grown > UNSUSPECTED && grown > MOST_TIMES_LARGER * read) {
      throw new TextFault(
        `This file decompresses to more than ${MOST_TIMES_LARGER} times its size, which no text does.`,
        'It is damaged or made to fill a disk. If you trust it, decompress it and name the result.',
      );
    }
    yield chunk;
  }
}
