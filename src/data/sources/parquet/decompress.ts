/** Pages of Parquet files, decompressed into as many bytes as their headers say and no more. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { decompress as unzstd } from 'fzstd';
import type { Compressors } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** Node's own are quicker than those of `hyparquet-compressors` and, of gzip, compare the checksum. */
export const COMPRESSORS: Compressors = {
  ...compressors,
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
  // With a place for the result nothing is allocated for what the frame's own header announces.
  ZSTD: (input, length) => unzstd(input, new Uint8Array(length)),
};
