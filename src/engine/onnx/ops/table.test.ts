/** Every operator of the table against onnxruntime (shapes) and against central differences (gradients). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HostTensor, openSession } from '../../../platform/onnxruntime.ts';
import { gradients } from '../autodiff/gradients.ts';
import { writeModel } from '../graph/onnx-writer.ts';
import { printGraph } from '../graph/print.ts';
import type { DType, Value } from '../graph/types.ts';
import { verifyGraph } from '../graph/verify.ts';
import { uniforms } from '../train/initial.ts';
import { SAMPLES, type Sample, type SampleInput, type Sizes } from './samples.cases.ts';
import { type Builder, newGraph, OPS, type OpName } from './table.ts';

const NAMES = Object.keys(OPS) as OpName[];
const size = fc.integer({ min: 1, max: 4 });
const sizes: fc.Arbitrary<Sizes> = fc
  .record({ a: size, b: size, c: size, seed: fc.nat(10_000) })
  .map(({ seed, ...rest }) => ({ ...rest, draw: uniforms(seed) }));

function hostTensor({ dtype, shape, values }: SampleInput): HostTensor {
  const arrays: Partial<Record<DType, () => HostTensor['data']>> = {
    f32: () => Float32Array.from(values),
    i32: () => Int32Array.from(values),
    i64: () => BigInt64Array.from(values, BigInt),
    u8: () => Uint8Array.from(values),
    bool: () => Uint8Array.from(values),
  };
  const make = arrays[dtype];
  if (!make) throw new Error(`samples of ${dtype} are not supported`);
  return { dtype: dtype as HostTensor['dtype'], shape, data: make() };
}

/** The sample's node on fresh inputs `x0`, `x1`, ...; constants are constants of the graph. */
function build(b: Builder, name: OpName, sample: Sample) {
  const feeds: Record<string, HostTensor> = {};
  const ins = sample.ins.map((input, at) => {
    if (!input) return null;
    if (input.constant) return b.constant(input.dtype, input.shape, input.values);
    feeds[`x${at}`] = hostTensor(input);
    return b.input(`x${at}`, input.dtype, input.shape);
  });
  const attributes =
    typeof sample.attributes === 'function' ? sample.attributes(b) : (sample.attributes ?? {});
  return { feeds, ins, outs: b.ops(name, ins, attributes, sample.want) };
}

describe('shape rules', () => {
  test.each(NAMES)('%s', async (name) => {
    await fc.assert(
      fc.asyncProperty(sizes, async (s) => {
        const b = newGraph(name);
        const { feeds, outs } = build(b, name, SAMPLES[name](s));
        outs.forEach((out, at) => {
          if (out) b.output(`y${at}`, out);
        });
        const session = await openSession(writeModel(b.build()), { threads: 1 });
        const results = await session.run(feeds);
        await session.close();
        outs.forEach((out, at) => {
          if (!out) return;
          const result = results[`y${at}`] as HostTensor;
          const said = out.shape.map((dim, axis) => (dim === '?' ? result.shape[axis] : dim));
          expect([out.dtype, said]).toEqual([result.dtype, [...result.shape]]);
        });
      }),
      { numRuns: 4 },
    );
  });
});

const differentiable = NAMES.filter((name) => typeof OPS[name].vjp === 'function');

describe('gradient rules', () => {
  test.each(differentiable)('%s', async (name) => {
    await fc.assert(
      fc.asyncProperty(sizes, async (s) => {
        const b = newGraph(name);
        const { feeds, ins, outs } = build(b, name, SAMPLES[name](s));
        const loss = weighted(b, outs, s.draw);
        const wrt = ins.filter(
          (value): value is Value =>
            value?.dtype === 'f32' && value.constant === undefined && moves(name, ins, value),
        );
        const found = gradients(b, loss, wrt);
        b.output('loss', loss);
        wrt.forEach((value, at) => {
          const gradient = found[at];
          if (!gradient) throw new Error(`no gradient of ${value.name}`);
          expect(gradient.shape).toEqual(value.shape);
          b.output(`d${value.name}`, gradient);
        });
        const session = await openSession(writeModel(b.build()), { threads: 1 });
        const at = await session.run(feeds);
        for (const value of wrt) {
          const start = feeds[value.name] as HostTensor;
          const direction = Float32Array.from(start.data as Float32Array, () => s.draw() - 0.5);
          const lossAt = async (h: number) => {
            const data = (start.data as Float32Array).map((x, i) => x + h * (direction[i] as number));
            const out = await session.run({ ...feeds, [value.name]: { ...start, data } }, ['loss']);
            return Number((out['loss'] as HostTensor).data[0]);
          };
          const slope = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02;
          const gradient = (at[`d${value.name}`] as HostTensor).data as Float32Array;
          const expected = gradient.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
          expect(Math.abs(slope - expected), value.name).toBeLessThan(3e-3 + 3e-3 * Math.abs(expected));
        }
        await session.close();
      }),
      { numRuns: 4 },
    );
  });
});

/** Inputs that a rule refuses to differentiate by design: rotary tables. */
function moves(name: OpName, ins: readonly (Value | null)[], value: Value): boolean {
  return name !== 'RotaryEmbedding' || value === ins[0];
}

/** A scalar that depends on every element of every output, each with a weight of its own. */
function weighted(b: Builder, outs: readonly (Value | null)[], draw: () => number): Value {
  const parts = outs
    .filter((out) => out !== null)
    .map((out) => {
      const y = out.dtype === 'f32' ? out : b.op('Cast', [out], { to: 1 });
      const shape = y.shape.map(Number);
      const weights = Array.from({ length: shape.reduce((n, dim) => n * dim, 1) }, () => draw() - 0.5);
      return b.op('ReduceSum', [b.op('Mul', [y, b.constant('f32', shape, weights)])], { keepdims: 0 });
    });
  return parts.reduce((sum, part) => b.op('Add', [sum, part]));
}

test('an operator without a gradient rule is named', () => {
  const b = newGraph('clip');
  const x = b.input('x', 'f32', [3]);
  const loss = b.op('ReduceSum', [b.op('Max', [x, x])], { keepdims: 0 });
  expect(() => gradients(b, loss, [x])).toThrow('Max has no gradient rule: it serves inference only');
});

test('what nobody needs is not differentiated', () => {
  const b = newGraph('frozen');
  const x = b.input('x', 'f32', [2, 3]);
  const frozen = b.input('frozen', 'f32', [4, 3]);
  const trained = b.input('trained', 'f32', [2, 4]);
  const hidden = b.op('FusedMatMul', [x, frozen], { transB: 1 });
  const y = b.op('FusedMatMul', [hidden, trained], { transB: 1 });
  const [gradient] = gradients(b, b.op('ReduceSum', [y], { keepdims: 0 }), [trained]);
  if (!gradient) throw new Error('the trained matrix has a gradient');
  b.output('gradient', gradient);
  const graph = b.build();
  verifyGraph(graph);
  expect(printGraph(graph)).toMatchInlineSnapshot(`
    "graph frozen(x:f32[2,3], frozen:f32[4,3], trained:f32[2,4])
      const %3:f32[] = 1
      const %4:i64[2] = [0,1]
      const %6:i64[2] = [2,2]
      %0:f32[2,4] = FusedMatMul x frozen {transB=1}
      %1:f32[2,2] = FusedMatMul %0 trained {transB=1}
      %2:f32[] = ReduceSum %1 {keepdims=0}
      %5:f32[1,1] = Unsqueeze %3 %4
      %7:f32[2,2] = Expand %5 %6
      %8:f32[2,4] = FusedMatMul %7 %0 {transA=1, transB=0}
      return gradient=%8"
  `);
});
