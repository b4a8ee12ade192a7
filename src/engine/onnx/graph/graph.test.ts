import { expect, test } from 'vitest';
import { openSession } from '../../../platform/onnxruntime.ts';
import { newGraph } from '../ops/table.ts';
import { writeModel } from './onnx-writer.ts';
import { printGraph } from './print.ts';
import { verifyGraph } from './verify.ts';

function small() {
  const b = newGraph('small');
  const x = b.input('x', 'f32', ['batch', 3]);
  const w = b.initializer('w', 'f32', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));
  const y = b.op('FusedMatMul', [x, w], { transB: 1, alpha: 0.5 });
  b.output('y', y);
  b.output('flat', b.op('Reshape', [y, b.ints([-1])]));
  return b.build();
}

test('a graph prints as one line a node', () => {
  expect(printGraph(small())).toMatchInlineSnapshot(`
    "graph small(x:f32[batch,3])
      const w:f32[2,3]
      const %1:i64[1] = [-1]
      %0:f32[batch,2] = FusedMatMul x w {transB=1, alpha=0.5}
      %2:f32[2*batch] = Reshape %0 %1
      return y=%0 flat=%2"
  `);
});

test('a written graph runs, with symbolic sizes', async () => {
  const session = await openSession(writeModel(small()));
  const out = await session.run({ x: { dtype: 'f32', shape: [1, 3], data: Float32Array.of(1, 1, 1) } });
  expect([...(out['y']?.data ?? [])]).toEqual([3, 7.5]);
  expect(out['flat']?.shape).toEqual([2]);
  await session.close();
});

test('weights may lie in a file beside the graph', async () => {
  const b = newGraph('external');
  const w = b.initializer('w', 'f32', [3], { location: 'weights.bin', offset: 4, length: 12 });
  b.output('y', b.op('Neg', [w]));
  const data = new Uint8Array(Float32Array.of(9, 1, 2, 3).buffer);
  const session = await openSession(writeModel(b.build()), { externalData: [{ path: 'weights.bin', data }] });
  expect([...((await session.run({}))['y']?.data ?? [])]).toEqual([-1, -2, -3]);
  await session.close();
});

test('a loop may use values of the graph around it', async () => {
  const b = newGraph('powers');
  const x = b.input('x', 'f32', [2]);
  const doubled = b.op('Mul', [x, b.scalar(2)]);
  const body = b.subgraph('body');
  body.input('round', 'i64', []);
  const go = body.input('go', 'bool', []);
  const carried = body.input('carried', 'f32', [2]);
  const next = body.op('Mul', [carried, doubled]);
  body.output('go_on', body.op('Identity', [go]));
  body.output('next', next);
  body.output('collected', next);
  const [last, all] = b.ops('Loop', [b.scalar(3, 'i64'), null, x], { body: body.build() });
  if (!last || !all) throw new Error('a loop has two outputs here');
  b.output('last', last);
  b.output('all', all);
  const graph = b.build();
  expect(printGraph(graph)).toMatchInlineSnapshot(`
    "graph powers(x:f32[2])
      const %0:f32[] = 2
      const %4:i64[] = 3
      %1:f32[2] = Mul x %0
      %5:f32[2] %6:f32[?,2] = Loop %4 - x {body=body}
        graph body(round:i64[], go:bool[], carried:f32[2])
          %2:f32[2] = Mul carried %1
          %3:bool[] = Identity go
          return go_on=%3 next=%2 collected=%2
      return last=%5 all=%6"
  `);
  const session = await openSession(writeModel(graph));
  const out = await session.run({ x: { dtype: 'f32', shape: [2], data: Float32Array.of(1, 2) } });
  expect([...(out['last']?.data ?? [])]).toEqual([8, 128]);
  expect(out['all']?.shape).toEqual([3, 2]);
  await session.close();
});

test('an output may be written over an input: element-wise last operators work in place', async () => {
  const b = newGraph('update');
  const p = b.input('p', 'f32', ['n']);
  const g = b.input('g', 'f32', ['n']);
  b.output('next', b.op('Sub', [p, b.op('Mul', [g, b.scalar(0.1)])]));
  const session = await openSession(writeModel(b.build()));
  const numbers = Float32Array.from({ length: 100_000 }, (_, i) => Math.sin(i));
  const feeds = (data: Float32Array) => ({
    p: { dtype: 'f32', shape: [data.length], data } as const,
    g: { dtype: 'f32', shape: [data.length], data: numbers } as const,
  });
  const apart = (await session.run(feeds(Float32Array.from(numbers))))['next']?.data;
  await session.close();
  const filling = await openSession(writeModel(b.build(), { fills: true }));
  const inPlace = Float32Array.from(numbers);
  await filling.fill(feeds(inPlace), { next: feeds(inPlace).p });
  expect(inPlace).toEqual(apart);
  await filling.close();
});

test('filling says what is wrong, and leaves no room for a model that hands things back', async () => {
  const bytes = writeModel(small(), { fills: true });
  const filling = await openSession(bytes);
  const x = { dtype: 'f32', shape: [1, 4], data: new Float32Array(4) } as const;
  const y = { dtype: 'f32', shape: [1, 2], data: new Float32Array(2) } as const;
  await expect(filling.fill({ x }, { y })).rejects.toThrow('Got: 4 Expected: 3');
  await filling.close();
  const running = await openSession(writeModel(small()));
  await expect(running.fill({ x }, { y })).rejects.toThrow('the model was not written for `fill`');
  await running.close();
});

test('the builder and the verifier name what is wrong', () => {
  const b = newGraph('wrong');
  const x = b.input('x', 'f32', [2, 3]);
  expect(() => b.op('MatMul', [x, x])).toThrow('MatMul f32[2,3] f32[2,3]: inner sizes 3 and 2 differ');
  expect(() => b.op('Add', [x, b.input('i', 'i64', [])])).toThrow('f32 and i64 do not go together');
  expect(() => b.op('Exp', [x], { axis: 1 })).toThrow('Exp has no attribute axis');
  const graph = small();
  expect(() => verifyGraph({ ...graph, nodes: [...graph.nodes].reverse() })).toThrow('before it is made');
  expect(() => verifyGraph({ ...graph, inputs: [...graph.inputs, ...graph.inputs] })).toThrow('used twice');
  const [first, ...rest] = graph.nodes;
  const output = first?.outputs[0];
  if (!first || !output) throw new Error('the small graph has nodes');
  const lying = { ...first, outputs: [{ ...output, shape: ['batch', 4] }] };
  expect(() => verifyGraph({ ...graph, nodes: [lying, ...rest] })).toThrow('the rule says f32[batch,2]');
});
