/**
 * Named float32 tensors side by side in one array, so that the optimizer runs over all of them in pieces that fit
 * the processor's cache, whatever the sizes of the tensors.
 */
import { elementCount, type ParameterShape } from '../models/parameters.ts';

/** Tensors begin at multiples of this many elements (64 bytes: one cache line). */
const ALIGNMENT = 16;
/** The whole array is a multiple of this: rows of the norm's reduction. */
export const ROW = 4096;

export interface FlatTensors {
  readonly shapes: readonly ParameterShape[];
  /** Everything, with zeros in the gaps. */
  readonly all: Float32Array<ArrayBuffer>;
  /** Views into `all`. */
  readonly views: ReadonlyMap<string, Float32Array<ArrayBuffer>>;
}

const roundUp = (size: number, to: number) => Math.ceil(size / to) * to;

export function flatSize(shapes: readonly ParameterShape[]): number {
  const total = shapes.reduce((sum, { shape }) => sum + roundUp(elementCount(shape), ALIGNMENT), 0);
  return roundUp(total, ROW);
}

/** Zeros in the given layout. */
export function flatTensors(shapes: readonly ParameterShape[]): FlatTensors {
  const all = new Float32Array(flatSize(shapes));
  const views = new Map<string, Float32Array<ArrayBuffer>>();
  let offset = 0;
  for (const { name, shape } of shapes) {
    const count = elementCount(shape);
    views.set(name, all.subarray(offset, offset + count));
    offset += roundUp(count, ALIGNMENT);
  }
  return { shapes, all, views };
}

export function viewOf(tensors: FlatTensors, name: string): Float32Array<ArrayBuffer> {
  const view = tensors.views.get(name);
  if (!view) throw new Error(`no tensor ${name}`);
  return view;
}
