/** Text files as streams of lines, gzip-compressed or not, so that a file larger than the memory can be read. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { readBytes } from './files.ts';

/**
 * Lines without their ending (`\n` or `\r\n`), decoded as UTF-8; a byte order mark at the start is dropped. Only
 * line feeds end a line: Node's readline also splits at U+2028, which JSON allows inside strings. Throws
 * TypeError when the bytes are not UTF-8.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  // Bytes are cut into lines before they are decoded, so that a wrong byte is blamed on its own line.
  let first = true;
  const decode = (pieces: readonly Uint8Array[]) => {
    const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    const line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: !first }).decode(bytes);
    first = false;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  let rest: Uint8Array[] = [];
  for await (const chunk of byteStream(path)) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield decode([...rest, chunk.subarray(from, end)]);
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield decode(rest);
}

/** A whole text file, decompressed when its name ends in `.gz`. Throws TypeError when it is not UTF-8. */
export async function readWholeText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  const plain = path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes;
  return new TextDecoder('utf-8', { fatal: true }).decode(plain);
}

function byteStream(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  // pipeline hands a failure of the file on to whoever reads the decompressed bytes.
  return pipeline(file, createGunzip(), () => undefined);
}
