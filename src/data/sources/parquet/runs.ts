/**
 * The hybrid of repeated values and packed bits in which Parquet writes levels and indexes into dictionaries
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/, RLE). `hyparquet` writes a run as long as it says,
 * over the end of its page and the memory: runs are looked at here first.
 */

/** A number of up to 32 bits, seven bits a byte, and where it ends. */
export function shortNumber(bytes: Uint8Array, start: number, end: number): { value: number; at: number } {
  let value = 0;
  for (let at = start; at < Math.min(end, start + 5); at++) {
    value += (bytes[at]! & 0x7f) * 2 ** (7 * (at - start));
    if (bytes[at]! < 0x80 && value < 2 ** 32) return { value, at: at + 1 };
  }
  throw new Error('a run of a page has no length');
}

/**
 * How many of `count` values equal `wanted`, and the first of them. `width`: bits of a value; `most`: the largest that
 * makes sense. Throws Error for a larger one, for a run of more values than are left, and for bytes that are not there.
 */
export function checkRuns(
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
  { count, width, most, wanted }: Record<'count' | 'width' | 'most' | 'wanted', number>,
): { readonly equal: number; readonly first: number } {
  let equal = 0;
  let first = -1;
  let seen = 0;
  const meet = (value: number, times: number): void => {
    if (value > most) throw new Error(`a page holds ${value} where at most ${most} makes sense`);
    if (seen === 0) first = value;
    if (value === wanted) equal += times;
    seen += times;
  };
  for (let at = start; seen < count; ) {
    const head = shortNumber(bytes, at, end);
    at = head.at;
    const length = Math.floor(head.value / 2);
    if (head.value % 2 === 0) {
      if (length > count - seen) throw new Error('a run of a page is longer than the page');
      const size = Math.ceil(width / 8);
      if (at + size > end) throw new Error('a page ends inside a run');
      let value = 0;
      for (let index = 0; index < size; index++) value += bytes[at + index]! * 2 ** (8 * index);
      at += size;
      if (length > 0) meet(value, length);
    } else {
      // Groups of eight values; Arrow fills the last run up to 32 groups. Of no bits any number would seem to be there.
      const size = length * width;
      if (at + size > end || length > Math.max(end, count)) throw new Error('a page ends inside a run');
      const values = Math.min(length * 8, count - seen);
      for (let index = 0, bit = 0; index < values; index++, bit += width)
        meet(bitsAt(bytes, at, bit, width), 1);
      at += size;
    }
  }
  return { equal, first };
}

/** `width` bits from bit `bit` on behind byte `at`, low ones first. */
function bitsAt(bytes: Uint8Array, at: number, bit: number, width: number): number {
  let value = 0;
  let taken = 0;
  let from = at + (bit >> 3);
  let skipped = bit & 7;
  while (taken < width) {
    const some = Math.min(8 - skipped, width - taken);
    value += ((bytes[from]! >> skipped) & ((1 << some) - 1)) * 2 ** taken;
    taken += some;
    skipped = 0;
    from++;
  }
  return value;
}
