/** Bytes that come in pieces, taken in lengths of one's own. */

export interface ByteReader {
  /** The next `length` bytes; fewer only at the end. */
  take(length: number): Promise<Buffer>;
  /** Lets go of what the bytes come from; also where they were not taken to the end. */
  close(): Promise<void>;
}

export function byteReader(pieces: AsyncIterable<Uint8Array>): ByteReader {
  const source = pieces[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    take: async (length) => {
      const taken: Uint8Array[] = [];
      let missing = length;
      while (missing > 0) {
        if (rest.length === 0) {
          const next = await source.next();
          if (next.done) break;
          rest = next.value;
        }
        const piece = rest.subarray(0, missing);
        taken.push(piece);
        missing -= piece.length;
        rest = rest.subarray(piece.length);
      }
      return Buffer.concat(taken);
    },
    close: async () => {
      await source.return?.();
    },
  };
}
