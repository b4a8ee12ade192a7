/** What commands, signs and words of answers mean to the reader. */

/** Functions with known values; LaTeX and plain names alike. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'sin cos tan sec csc cot arcsin arccos arctan sinh cosh tanh log ln lg exp abs sqrt floor ceil min max gcd lcm ' +
    'det deg arg Re Im sgn'
  ).split(' '),
);
/** Other spellings of functions and constants. */
export const ALIASES: Readonly<Record<string, string>> = {
  cosec: 'csc',
  asin: 'arcsin',
  acos: 'arccos',
  atan: 'arctan',
  arctg: 'arctan',
  tg: 'tan',
  ctg: 'cot',
  infty: 'infinity',
  inf: 'infinity',
  oo: 'infinity',
  ceiling: 'ceil',
  varphi: 'phi',
  varepsilon: 'epsilon',
  vartheta: 'theta',
  iota: 'iota',
  ell: 'ell',
};
/** Letter runs that are names although no backslash stands before them. */
export const PLAIN_NAMES: ReadonlySet<string> = new Set([
  ...FUNCTIONS,
  ...['asin', 'acos', 'atan', 'pi', 'infinity', 'infty', 'inf', 'oo', 'theta', 'alpha', 'beta', 'gamma'],
  ...['lambda', 'sigma', 'omega', 'phi', 'delta', 'epsilon', 'Theta'],
]);

/** Commands that stand for one operator sign. */
export const OPERATOR_COMMANDS: Readonly<Record<string, string>> = {
  cdot: '*',
  times: '*',
  ast: '*',
  bullet: '*',
  div: '/',
  over: '/',
  pm: '±',
  mp: '∓',
  lt: '<',
  gt: '>',
  le: '≤',
  leq: '≤',
  leqslant: '≤',
  ge: '≥',
  geq: '≥',
  geqslant: '≥',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  sim: '≈',
  simeq: '≈',
  cong: '≈',
  equiv: '≡',
  in: '∈',
  notin: '∉',
  cup: '∪',
  cap: '∩',
  setminus: '∖',
  backslash: '∖',
  mid: ':',
  colon: ':',
  vert: '|',
  lvert: '|',
  rvert: '|',
  Vert: '‖',
  lVert: '‖',
  rVert: '‖',
  lbrace: '{{',
  rbrace: '}}',
  langle: '⟨',
  rangle: '⟩',
  lfloor: '⌊',
  rfloor: '⌋',
  lceil: '⌈',
  rceil: '⌉',
  lbrack: '[',
  rbrack: ']',
  emptyset: '∅',
  varnothing: '∅',
  to: '→',
  rightarrow: '→',
  Rightarrow: '⇒',
  implies: '⇒',
  therefore: '⇒',
  iff: '⇒',
  Leftrightarrow: '⇒',
  land: 'and',
  wedge: 'and',
  lor: 'or',
  vee: 'or',
  ldots: '…',
  dots: '…',
  dotsc: '…',
  cdots: '…',
  dotsb: '…',
  prime: "'",
};

/** Signs outside ASCII, as the same operators. */
export const SIGNS: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '×': '*',
  '·': '*',
  '⋅': '*',
  '∗': '*',
  '÷': '/',
  '∕': '/',
  '⁄': '/',
  '’': "'",
  '′': "'",
  '∣': '|',
  '；': ';',
  '，': ',',
  '：': ':',
  '⟹': '⇒',
  '⇔': '⇒',
  '∧': 'and',
  '∨': 'or',
  '⋯': '…',
};
export const NAMED_SIGNS: Readonly<Record<string, string>> = {
  π: 'pi',
  '∞': 'infinity',
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  θ: 'theta',
  λ: 'lambda',
  μ: 'mu',
  σ: 'sigma',
  φ: 'phi',
  ω: 'omega',
  Θ: 'Theta',
  ℝ: 'reals',
  ℤ: 'integers',
  ℕ: 'naturals',
};

/** Commands and characters that only space, size or style what stands beside them. */
export const NOTHING: ReadonlySet<string> = new Set(
  (
    'left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle textstyle ' +
    'scriptstyle limits nolimits quad qquad enspace thinspace phantom hfill hline nonumber notag boldsymbol mathbf ' +
    'mathit mathsf mathcal bm pmb vec overrightarrow hat widehat tilde underline limits rm bf it'
  ).split(' '),
);
/** Commands whose braces hold words. */
export const TEXT_COMMANDS: ReadonlySet<string> = new Set(
  'text textbf textit textrm textsf texttt textnormal mbox hbox mathrm operatorname emph mathop'.split(' '),
);

/**
 * Units by the words people write: a dimension and how many of its first unit one is. Different units of one dimension
 * are converted; a unit on one side alone says nothing against the other.
 */
export const UNITS: ReadonlyMap<
  string,
  { readonly dimension: string; readonly size: readonly [number, number] }
> = new Map(
  (
    [
      ['length', 'mm millimeter millimetre', 1, 1],
      ['length', 'cm centimeter centimetre', 10, 1],
      ['length', 'm meter metre', 1000, 1],
      ['length', 'km kilometer kilometre', 1_000_000, 1],
      ['length', 'inch inches in', 254, 10],
      ['length', 'ft foot feet', 3048, 10],
      ['length', 'yd yard', 9144, 10],
      ['length', 'mi mile', 16_093_440, 10],
      ['time', 's sec second', 1, 1],
      ['time', 'min minute', 60, 1],
      ['time', 'h hr hour', 3600, 1],
      ['time', 'day', 86_400, 1],
      ['time', 'week', 604_800, 1],
      ['month', 'month', 1, 1],
      ['month', 'yr year', 12, 1],
      ['length/time', 'mph', 16_093_440, 36_000],
      ['length/time', 'kph kmh', 1_000_000, 3600],
      ['mass', 'mg milligram', 1, 1000],
      ['mass', 'g gram', 1, 1],
      ['mass', 'kg kilogram', 1000, 1],
      ['weight', 'oz ounce', 1, 1],
      ['weight', 'lb lbs pound', 16, 1],
      ['volume', 'ml milliliter millilitre', 1, 1],
      ['volume', 'l liter litre', 1000, 1],
      ['money', 'cent ¢', 1, 1],
      ['money', 'dollar $ usd buck', 100, 1],
      ['euro', 'euro €', 1, 1],
      ['pound', '£', 1, 1],
      ['percent', '% percent pct percentage percents', 1, 1],
      ['angle', 'degree deg °', 1, 1],
    ] as const
  ).flatMap(([dimension, words, n, d]) =>
    words.split(' ').map((word) => [word, { dimension, size: [n, d] as const }] as const),
  ),
);

/** Counted things that plain text may hang behind a number; any word in `\text{}` may. */
export const COUNTED: ReadonlySet<string> = new Set(
  (
    'unit square sq cubic people person student point way time apple egg ball coin card book page member ' +
    'child children adult boy girl man men woman women vote degree radian yuan rupee player game car ticket edge side ' +
    'step number digit integer solution root factor pair group team row column case term piece item hat pound per'
  ).split(' '),
);

/** The unit a word names, singular or plural; null when it names none. */
export function unitOf(word: string): { dimension: string; size: readonly [number, number] } | null {
  const low = word.toLowerCase();
  return (
    UNITS.get(low) ?? (low.length > 3 && low.endsWith('s') ? UNITS.get(low.slice(0, -1)) : undefined) ?? null
  );
}

export function isCounted(word: string): boolean {
  const low = word.toLowerCase();
  return COUNTED.has(low) || (low.endsWith('s') && COUNTED.has(low.slice(0, -1)));
}
