/** A storage format: blocks of a fixed number of weights in a fixed number of bytes. */
export interface BlockFormat {
  readonly name: string;
  /** Weights in a block. */
  readonly weights: number;
  /** Bytes of a block. */
  readonly bytes: number;
  /** Fills `out` from as many whole blocks. `bytes.byteOffset` is a multiple of 4. */
  dequantise(bytes: Uint8Array<ArrayBuffer>, out: Float32Array<ArrayBuffer>): void;
}
