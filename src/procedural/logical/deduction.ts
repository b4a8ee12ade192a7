/**
 * Deduction over invented kinds: does a statement follow, does its opposite follow, or neither? Two people each begin
 * a chain of rules of the same length; both chains end in the kind that is asked about, one with "every", one with
 * "no", and one of the two is broken. So no single sentence gives the answer away: one has to follow the chain of the
 * person asked about, link by link.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, happens, pick, several, shuffled } from '../random-choice.ts';
import { ASIDE_KINDS, KINDS, NAMES } from '../words.ts';

/** "Every `from` is a `to`", or "no `from` is a `to`". */
interface Rule {
  readonly from: string;
  readonly not: boolean;
  readonly to: string;
}

/** `own` is the chain of the person asked about. The names of the two do not matter and are no part of the core. */
interface Core {
  readonly other: { readonly rules: readonly Rule[]; readonly start: string };
  readonly own: { readonly rules: readonly Rule[]; readonly start: string };
  readonly target: string;
}

const TRUE = 'true';
const FALSE = 'false';
const UNKNOWN = 'unknown';
const LABELS = [TRUE, FALSE, UNKNOWN];

function sample(random: RandomStream, level: number): Core {
  const answer = pick(random, LABELS);
  const ownNot = answer === UNKNOWN ? happens(random, 0.5) : answer === FALSE;
  const kinds = several(random, KINDS, 2 * level + 2);
  const target = kinds[0]!;
  const spare = kinds[1]!;
  const own = chain([...kinds.slice(2, 2 + level), target], ownNot);
  const other = chain([...kinds.slice(2 + level), target], !ownNot);
  const broken = answer === UNKNOWN ? own : other;
  const at = random.below(level);
  const rule = broken.rules[at]!;
  // Turned around where that breaks it ("no A is a B" says the same both ways), else begun from an unrelated kind.
  const turn = !rule.not && happens(random, 0.5);
  broken.rules[at] = turn ? { from: rule.to, not: false, to: rule.from } : { ...rule, from: spare };
  return { other, own, target };
}

function chain(kinds: readonly string[], lastNot: boolean): { rules: Rule[]; start: string } {
  const rules = kinds
    .slice(1)
    .map((to, i) => ({ from: kinds[i]!, not: lastNot && i === kinds.length - 2, to }));
  return { rules, start: kinds[0]! };
}

/** The same structure with other kinds. */
function perturb(core: Core, random: RandomStream): Core {
  const renamed = new Map<string, string>();
  const free = shuffled(random, KINDS);
  const rename = (kind: string): string => {
    if (!renamed.has(kind)) renamed.set(kind, free[renamed.size]!);
    return renamed.get(kind)!;
  };
  const change = ({ start, rules }: Core['own']): Core['own'] => ({
    rules: rules.map(({ from, not, to }) => ({ from: rename(from), not, to: rename(to) })),
    start: rename(start),
  });
  return { other: change(core.other), own: change(core.own), target: rename(core.target) };
}

const WORDINGS: readonly {
  readonly rule: (rule: Rule) => string;
  readonly ask: (name: string, kind: string) => string;
}[] = [
  {
    rule: ({ from, to, not }) => `${not ? 'No' : 'Every'} ${from} is a ${to}.`,
    ask: (name, kind) => `Is it true, false or unknown that ${name} is a ${kind}?`,
  },
  {
    rule: ({ from, to, not }) => `${not ? 'No' : 'All'} ${from}s are ${to}s.`,
    ask: (name, kind) => `${name} is a ${kind}. Is this true, false or unknown?`,
  },
  {
    rule: ({ from, to, not }) => `A ${from} is ${not ? 'never' : 'always'} a ${to}.`,
    ask: (name, kind) => `True, false or unknown: ${name} is a ${kind}.`,
  },
];

function pose({ own, other, target }: Core, { template, random, aside }: Surface): Posed {
  const wording = WORDINGS[template]!;
  const [name, stranger] = several(random, NAMES, 2) as [string, string];
  const facts = shuffled(random, [`${name} is a ${own.start}.`, `${stranger} is a ${other.start}.`]);
  const rules = shuffled(random, [...own.rules, ...other.rules].map(wording.rule));
  if (aside !== null) rules.splice(between(random, 0, rules.length), 0, aside);
  const told = happens(random, 0.5) ? [...facts, ...rules] : [...rules, ...facts];
  const { steps, answer } = follow(own, target, other.rules.at(-1)!, name);
  return { question: `${told.join(' ')} ${wording.ask(name, target)}`, answer, choices: LABELS, steps };
}

/** Follows the chain as far as it holds. */
function follow(
  { start, rules }: Core['own'],
  target: string,
  lure: Rule,
  name: string,
): { steps: Step[]; answer: string } {
  const steps: Step[] = [];
  let kind = start;
  for (const rule of rules) {
    if (rule.from !== kind) {
      steps.push({
        text: `Nothing says what a ${kind} is, so whether ${name} is a ${target} is unknown.`,
        wrong: [skipped(rule, rules.at(-1)!.not, kind, target, name), lured(lure, target, name)],
      });
      return { steps, answer: UNKNOWN };
    }
    const given = rule.not ? `no ${kind} is a ${rule.to}` : `every ${kind} is a ${rule.to}`;
    const fails = rule.not ? `${name} is not a ${rule.to}` : `${name} is a ${rule.to}`;
    const wrong = rule.to === target ? [lured(lure, target, name), gaveUp(kind, target, name)] : [];
    steps.push({ text: `${name} is a ${kind} and ${given}, so ${fails}.`, wrong });
    kind = rule.to;
  }
  return { steps, answer: rules.at(-1)!.not ? FALSE : TRUE };
}

function lured(rule: Rule, target: string, name: string): WrongTurn {
  return {
    text: `${rule.not ? 'No' : 'Every'} ${rule.from} is a ${rule.to}, so ${name} is ${rule.not ? 'not ' : ''}a ${target}.`,
    answer: rule.not ? FALSE : TRUE,
    why: `Nothing says that ${name} is a ${rule.from}.`,
  };
}

function gaveUp(kind: string, target: string, name: string): WrongTurn {
  return {
    text: `${name} is a ${kind}, and nothing says more, so whether ${name} is a ${target} is unknown.`,
    answer: UNKNOWN,
    why: `There is a rule about ${kind}s that was not used.`,
  };
}

function skipped(rule: Rule, not: boolean, kind: string, target: string, name: string): WrongTurn {
  const why =
    rule.to === kind
      ? `That every ${rule.from} is a ${kind} does not make every ${kind} a ${rule.from}.`
      : `Nothing says that ${name} is a ${rule.from}.`;
  return { text: `So ${name} is ${not ? 'not ' : ''}a ${target}.`, answer: not ? FALSE : TRUE, why };
}

/** Enumerates which kinds the person may be: true in all models, in none, or in some. */
function resolve({ own, other, target }: Core): string {
  const rules = [...own.rules, ...other.rules];
  const kinds = [...new Set([target, own.start, ...rules.flatMap((rule) => [rule.from, rule.to])])];
  const masks = rules.map(({ from, to, not }) => ({
    from: 1 << kinds.indexOf(from),
    to: 1 << kinds.indexOf(to),
    not,
  }));
  const seen = new Set<boolean>();
  for (let model = 0; model < 1 << kinds.length; model++) {
    if (!(model & (1 << kinds.indexOf(own.start)))) continue;
    const holds = masks.every(({ from, to, not }) => !(model & from) || Boolean(model & to) !== not);
    if (holds) seen.add(Boolean(model & 1));
  }
  if (seen.size === 2) return UNKNOWN;
  return seen.has(true) ? TRUE : FALSE;
}

export const deduction: Generator<Core> = {
  name: 'deduction',
  title: 'Deduction over invented kinds',
  domain: 'logical',
  abilities: ['deduction'],
  why: 'What follows from given rules by their form alone: the words are invented, so knowledge cannot help.',
  kind: 'choice',
  chance: 1 / 3,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb,
  aside: (_core, random) => {
    const [from, to] = several(random, ASIDE_KINDS, 2) as [string, string];
    return `Every ${from} is a ${to}.`;
  },
  pose,
  resolve,
};
