import { expect, test } from 'vitest';
import { openSession } from '../../../platform/onnxruntime.ts';
import { writeModel } from '../graph/onnx-writer.ts';
import { printGraph } from '../graph/print.ts';
import { flatTensors } from './flat-tensors.ts';
import { normals } from './initial.ts';
import { adamGraph, openOptimizer } from './optimizer.ts';
import { learningRateAt } from './schedule.ts';

const SETTINGS = { betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.1, clip: 1 } as const;

test('the update, as it is printed', () => {
  expect(printGraph(adamGraph(SETTINGS))).toMatchInlineSnapshot(`
    "graph adamw(p:f32[n], g:f32[n], m:f32[n], v:f32[n], first:f32[], second:f32[], decay:f32[], rate:f32[], epsilon:f32[])
      const %0:f32[] = 0.9
      const %6:f32[] = 0.999
      %1:f32[n] = Mul m %0
      %2:f32[n] = Mul g first
      %3:f32[n] = Add %1 %2
      %4:f32[n] = Mul g g
      %5:f32[n] = Mul %4 second
      %7:f32[n] = Mul v %6
      %8:f32[n] = Add %7 %5
      %9:f32[n] = Sqrt %8
      %10:f32[n] = Add %9 epsilon
      %11:f32[n] = Div %3 %10
      %12:f32[n] = Mul p decay
      %13:f32[n] = Mul %11 rate
      %14:f32[n] = Sub %12 %13
      return p2=%14 m2=%3 v2=%8"
  `);
});

/** torch.optim.AdamW in double precision. */
function reference(p: number[], gradients: number[][], learningRate: number): number[] {
  const [m, v] = [p.map(() => 0), p.map(() => 0)];
  const [b1, b2] = SETTINGS.betas;
  gradients.forEach((g, index) => {
    for (let i = 0; i < p.length; i++) {
      p[i] = (p[i] as number) * (1 - learningRate * SETTINGS.weightDecay);
      m[i] = b1 * (m[i] as number) + (1 - b1) * (g[i] as number);
      v[i] = b2 * (v[i] as number) + (1 - b2) * (g[i] as number) ** 2;
      const rate = learningRate / (1 - b1 ** (index + 1));
      const root = Math.sqrt((v[i] as number) / (1 - b2 ** (index + 1)));
      p[i] = (p[i] as number) - (rate * (m[i] as number)) / (root + SETTINGS.epsilon);
    }
  });
  return p;
}

test('agrees with AdamW in double precision, over several pieces', async () => {
  const size = 150_000; // more than two pieces, the last one shorter
  const next = normals(1);
  const p = flatTensors([{ name: 'p', shape: [size] }]);
  const state = { m: new Float32Array(p.all.length), v: new Float32Array(p.all.length) };
  p.all.subarray(0, size).set(Float32Array.from({ length: size }, next));
  const start = [...p.all];
  const optimizer = await openOptimizer(SETTINGS, { p, ...state });
  const steps: number[][] = [];
  for (let update = 1; update <= 3; update++) {
    const gradients = flatTensors([{ name: 'p', shape: [size] }]);
    gradients.all.subarray(0, size).set(Float32Array.from({ length: size }, () => 0.1 * next()));
    steps.push([...gradients.all].map((g) => 0.5 * g));
    const norm = Math.sqrt(gradients.all.reduce((sum, g) => sum + g * g, 0));
    expect(Math.abs((await optimizer.norm(gradients.all)) / norm - 1)).toBeLessThan(1e-5);
    await optimizer.update({ gradients, learningRate: 0.01, scale: 0.5, update });
  }
  await optimizer.close();
  const expected = reference(start, steps, 0.01);
  const worst = p.all.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (expected[i] as number))),
    0,
  );
  expect(worst).toBeLessThan(2e-6);
});

test('writing over its own inputs changes no bit', async () => {
  const session = await openSession(writeModel(adamGraph(SETTINGS)));
  const size = 70_000;
  const next = normals(2);
  const numbers = () => Float32Array.from({ length: size }, next);
  const [p, g, m] = [numbers(), numbers(), numbers()];
  const v = numbers().map(Math.abs);
  const tensor = (data: Float32Array, shape = [size]) => ({ dtype: 'f32', shape, data }) as const;
  const scalars = Object.fromEntries(
    Object.entries({ first: 0.03, second: 0.0009, decay: 0.99, rate: 0.01, epsilon: 1e-8 }).map(
      ([name, value]) => [name, tensor(Float32Array.of(value), [])],
    ),
  );
  const apart = await session.run({ p: tensor(p), g: tensor(g), m: tensor(m), v: tensor(v), ...scalars });
  const inPlace = { p: tensor(p), m: tensor(m), v: tensor(v) };
  const filling = await openSession(writeModel(adamGraph(SETTINGS), { fills: true }));
  await filling.fill(
    { ...inPlace, g: tensor(g), ...scalars },
    { p2: inPlace.p, m2: inPlace.m, v2: inPlace.v },
  );
  await filling.close();
  for (const [name, array] of Object.entries({ p2: p, m2: m, v2: v }))
    expect(array).toEqual(apart[name]?.data);
  await session.close();
});

test('an element that is not finite makes the norm not finite', async () => {
  const p = flatTensors([{ name: 'p', shape: [9000] }]);
  const optimizer = await openOptimizer(SETTINGS, { p, m: p.all, v: p.all });
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    p.all[8999] = bad;
    expect(Number.isFinite(await optimizer.norm(p.all))).toBe(false);
  }
  await optimizer.close();
});

test('learning rates: warm-up, then constant, linear or cosine', () => {
  const rates = (schedule: 'constant' | 'linear' | 'cosine') =>
    Array.from({ length: 6 }, (_, step) =>
      Number(learningRateAt({ learningRate: 1, schedule, warmup: 0.3 }, step, 6).toFixed(3)),
    );
  expect(rates('constant')).toEqual([0.333, 0.667, 1, 1, 1, 1]);
  expect(rates('linear')).toEqual([0.333, 0.667, 1, 0.75, 0.5, 0.25]);
  expect(rates('cosine')).toEqual([0.333, 0.667, 1, 0.854, 0.5, 0.146]);
});
