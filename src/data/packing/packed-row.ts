/**
 * One fixed-length training row that holds one or several examples side by side. Examples are told apart by
 * `segments`; attention never crosses a segment border and `positions` restart with each example.
 *
 * All arrays have the same length (tokens). Padding at the end has segment -1 and is never supervised.
 */
export interface PackedRow {
  readonly ids: Int32Array;
  readonly positions: Int32Array;
  readonly segments: Int32Array;
  /** 1 where this token is a target: it is predicted from the tokens before it in its segment. */
  readonly supervised: Uint8Array;
}
