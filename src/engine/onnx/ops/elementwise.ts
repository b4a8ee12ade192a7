/** Operators that work element by element, with broadcasting. */
import { broadcast } from '../graph/dim.ts';
import { DTYPES, type DType, type OpTable } from '../graph/types.ts';
import { binary, grad, gradIf, intOf, need, sameType, unary } from './rules.ts';

type Name =
  | 'Abs'
  | 'Add'
  | 'And'
  | 'Cast'
  | 'Clip'
  | 'Cos'
  | 'Div'
  | 'Equal'
  | 'Exp'
  | 'Floor'
  | 'Greater'
  | 'GreaterOrEqual'
  | 'Identity'
  | 'IsInf'
  | 'IsNaN'
  | 'Less'
  | 'LessOrEqual'
  | 'Log'
  | 'Max'
  | 'Min'
  | 'Mod'
  | 'Mul'
  | 'Neg'
  | 'Not'
  | 'Or'
  | 'Pow'
  | 'QuickGelu'
  | 'Reciprocal'
  | 'Sigmoid'
  | 'Sign'
  | 'Sin'
  | 'Sqrt'
  | 'Sub'
  | 'Swish'
  | 'Tanh'
  | 'Where';

const DTYPE_OF = new Map(Object.entries(DTYPES).map(([name, number]) => [number as number, name as DType]));

export const ELEMENTWISE: OpTable<Name> = {
  Abs: unary('Abs', (c) => [c.b.op('Mul', [grad(c), c.b.op('Sign', [need(c.ins, 0)])])]),
  // d(a + b) = da + db
  Add: binary('Add', (c) => [gradIf(c, 0, () => grad(c)), gradIf(c, 1, () => grad(c))]),
  And: binary('And', 'zero'),
  /** `to` is ONNX's number of the element type: see DTYPES. */
  Cast: {
    onnx: 'Cast',
    domain: '',
    arity: [1, 1],
    attributes: { to: 'int' },
    shape: (ins, attributes) => {
      const dtype = DTYPE_OF.get(intOf(attributes, 'to', 0));
      if (!dtype) throw new Error(`unknown element type ${attributes['to']}`);
      return [{ dtype, shape: need(ins, 0).shape }];
    },
    vjp: (c) => {
      const x = need(c.ins, 0);
      return [
        x.dtype === 'f32' || x.dtype === 'f64' ? c.b.op('Cast', [grad(c)], { to: DTYPES[x.dtype] }) : null,
      ];
    },
  },
  // Inference only: minimum and maximum are inputs 1 and 2.
  Clip: unary('Clip', 'none', { arity: [1, 3] }),
  Cos: unary('Cos', (c) => [c.b.op('Neg', [c.b.op('Mul', [grad(c), c.b.op('Sin', [need(c.ins, 0)])])])]),
  // d(a / b) = da / b - (a / b) db / b
  Div: binary('Div', (c) => {
    const b = need(c.ins, 1);
    const share = c.b.op('Div', [grad(c), b]);
    return [
      gradIf(c, 0, () => share),
      gradIf(c, 1, () => c.b.op('Neg', [c.b.op('Mul', [share, need(c.outs, 0)])])),
    ];
  }),
  Equal: binary('Equal', 'zero', 'bool'),
  Exp: unary('Exp', (c) => [c.b.op('Mul', [grad(c), need(c.outs, 0)])]),
  Floor: unary('Floor', 'zero'),
  Greater: binary('Greater', 'zero', 'bool'),
  GreaterOrEqual: binary('GreaterOrEqual', 'zero', 'bool'),
  Identity: unary('Identity', (c) => [grad(c)]),
  IsInf: unary('IsInf', 'zero', { shape: (ins) => [{ dtype: 'bool', shape: need(ins, 0).shape }] }),
  IsNaN: unary('IsNaN', 'zero', { shape: (ins) => [{ dtype: 'bool', shape: need(ins, 0).shape }] }),
  Less: binary('Less', 'zero', 'bool'),
  LessOrEqual: binary('LessOrEqual', 'zero', 'bool'),
  Log: unary('Log', (c) => [c.b.op('Div', [grad(c), need(c.ins, 0)])]),
  Max: binary('Max', 'none'),
  Min: binary('Min', 'none'),
  Mod: { ...binary('Mod', 'none'), attributes: { fmod: 'int' } },
  // d(a b) = b da + a db
  Mul: binary('Mul', (c) => [
    gradIf(c, 0, () => c.b.op('Mul', [grad(c), need(c.ins, 1)])),
    gradIf(c, 1, () => c.b.op('Mul', [grad(c), need(c.ins, 0)])),
  ]),
  Neg: unary('Neg', (c) => [c.b.op('Neg', [grad(c)])]),
  Not: unary('Not', 'zero'),
  Or: binary('Or', 'zero'),
  // d(a^n) = n a^(n-1) da, for a constant exponent
  Pow: binary('Pow', (c) => {
    if (c.needs[1]) throw new Error('Pow has a gradient for its base only');
    const [a, n] = [need(c.ins, 0), need(c.ins, 1)];
    const below = c.b.op('Pow', [a, c.b.op('Sub', [n, c.b.scalar(1)])]);
    return [c.b.op('Mul', [grad(c), c.b.op('Mul', [n, below])]), null];
  }),
  // y = x s(a x): dy = (s + a (y - y s)) dx. With a = 1 it is Swish, which onnxruntime has only as two operators.
  QuickGelu: unary(
    'QuickGelu',
    (c) => {
      const [x, y] = [need(c.ins, 0), need(c.outs, 0)];
      const alpha = c.attributes['alpha'] as number;
      const s = c.b.op('Sigmoid', [c.b.op('Mul', [x, c.b.scalar(alpha)])]);
      const rest = c.b.op('Mul', [c.b.op('Sub', [y, c.b.op('Mul', [y, s])]), c.b.scalar(alpha)]);
      return [c.b.op('Mul', [grad(c), c.b.op('Add', [s, rest])])];
    },
    { domain: 'com.microsoft', attributes: { alpha: 'float' } },
  ),
  // d(1/x) = -(1/x)^2 dx
  Reciprocal: unary('Reciprocal', (c) => {
    const y = need(c.outs, 0);
    return [c.b.op('Neg', [c.b.op('Mul', [grad(c), c.b.op('Mul', [y, y])])])];
  }),
  // ds = s (1 - s) dx
  Sigmoid: unary('Sigmoid', (c) => {
    const s = need(c.outs, 0);
    return [c.b.op('Mul', [grad(c), c.b.op('Sub', [s, c.b.op('Mul', [s, s])])])];
  }),
  Sign: unary('Sign', 'zero'),
  Sin: unary('Sin', (c) => [c.b.op('Mul', [grad(c), c.b.op('Cos', [need(c.ins, 0)])])]),
  // d sqrt(x) = dx / (2 sqrt(x))
  Sqrt: unary('Sqrt', (c) => [c.b.op('Div', [c.b.op('Mul', [grad(c), c.b.scalar(0.5)]), need(c.outs, 0)])]),
  Sub: binary('Sub', (c) => [gradIf(c, 0, () => grad(c)), gradIf(c, 1, () => c.b.op('Neg', [grad(c)]))]),
  // y = x s(x): dy = (s + y (1 - s)) dx = (s + y - y s) dx
  Swish: unary('Swish', (c) => {
    const y = need(c.outs, 0);
    const s = c.b.op('Sigmoid', [need(c.ins, 0)]);
    const slope = c.b.op('Sub', [c.b.op('Add', [s, y]), c.b.op('Mul', [y, s])]);
    return [c.b.op('Mul', [grad(c), slope])];
  }),
  // dy = (1 - y^2) dx
  Tanh: unary('Tanh', (c) => {
    const y = need(c.outs, 0);
    return [c.b.op('Mul', [grad(c), c.b.op('Sub', [c.b.scalar(1), c.b.op('Mul', [y, y])])])];
  }),
  Where: {
    onnx: 'Where',
    domain: '',
    arity: [3, 3],
    attributes: {},
    shape: (ins) => {
      const [condition, a, b] = [need(ins, 0), need(ins, 1), need(ins, 2)];
      if (condition.dtype !== 'bool') throw new Error('the condition is not bool');
      sameType(a, b);
      return [{ dtype: a.dtype, shape: broadcast(condition.shape, broadcast(a.shape, b.shape)) }];
    },
    vjp: (c) => {
      const condition = need(c.ins, 0);
      const zero = c.b.scalar(0);
      return [
        null,
        gradIf(c, 1, () => c.b.op('Where', [condition, grad(c), zero])),
        gradIf(c, 2, () => c.b.op('Where', [condition, zero, grad(c)])),
      ];
    },
  },
};
