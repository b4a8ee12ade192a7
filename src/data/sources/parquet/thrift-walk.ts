/**
 * A walk over a struct of Thrift's compact protocol, in which Parquet writes its footer and the headers of its pages
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). `hyparquet` reads such structs with
 * no bounds on the length of a number, and is busy for minutes with a damaged one: what passes here it reads at once.
 */

/** Bytes of a number of 64 bits, seven bits a byte. */
const LONGEST_NUMBER = 10;
/** Parquet's own structs are five deep. */
const DEEPEST = 64;

/** Where the struct that begins at `start` ends, in bytes. Throws Error for what is none. */
export function structEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  const skip = (length: number): void => {
    at += length;
    if (at > bytes.length) throw new Error('a header reaches beyond the end');
  };
  const byte = (): number => {
    skip(1);
    return bytes[at - 1]!;
  };
  const number = (): number => {
    let value = 0;
    for (let length = 0; length < LONGEST_NUMBER; length++) {
      const next = byte();
      value += (next & 0x7f) * 2 ** (7 * length);
      if (next < 0x80) return value;
    }
    throw new Error('a header holds a number of more than 64 bits');
  };
  const list = (depth: number): void => {
    const head = byte();
    const size = head >> 4 === 15 ? number() : head >> 4;
    if (size > bytes.length - at) throw new Error('a header holds a list that is longer than the rest');
    for (let index = 0; index < size; index++) {
      // Truth values of a list have a byte each; those of a field are its type.
      if ((head & 15) <= 2) skip(1);
      else value(head & 15, depth);
    }
  };
  const value = (type: number, depth: number): void => {
    if (type === 3) skip(1);
    else if (type === 4 || type === 5 || type === 6) number();
    else if (type === 7) skip(8);
    else if (type === 8) skip(number());
    else if (type === 9) list(depth);
    else if (type === 12) struct(depth + 1);
    else if (type > 2) throw new Error(`a header holds a value of the type ${type}`);
  };
  const struct = (depth: number): void => {
    if (depth > DEEPEST) throw new Error('a header is nested too deep');
    for (let head = byte(); (head & 15) !== 0; head = byte()) {
      if (head >> 4 === 0) number();
      value(head & 15, depth);
    }
  };
  struct(0);
  return at;
}
