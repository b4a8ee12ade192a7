/** A finished problem, and its solution as a tree of steps. */
import type { Generator, Posed, Surface } from './generator.ts';
import { shuffled } from './random-choice.ts';
import type { Split } from './split.ts';
import { acceptsAnswer } from './verify.ts';

/** One step of the solution tree. Right nodes form one chain from a root to the answer. */
export interface TreeNode {
  readonly text: string;
  readonly right: boolean;
  /** Why it fails: on the node where a wrong turn begins. */
  readonly why: string | null;
  /** The answer stated at the end of this path. */
  readonly answer: string | null;
  readonly children: readonly TreeNode[];
}

export interface Problem {
  readonly generator: string;
  readonly split: Split;
  readonly seed: number;
  readonly index: number;
  readonly level: number;
  /** What the problem is, without its surface. */
  readonly core: unknown;
  /** The core as canonical text: equal for equal problems, whatever their wording. */
  readonly key: string;
  /** For `perturbed`: the key of the training problem that it was made from. */
  readonly parent: string | null;
  readonly question: string;
  readonly answer: string;
  /** In the order shown; empty for `generate`. */
  readonly choices: readonly string[];
  /** The right steps as one text, without the line that states the answer. */
  readonly solution: string;
  /** The alternatives for the first step; each node's children are those for the next one. */
  readonly tree: readonly TreeNode[];
  /** Number of right steps to the answer. */
  readonly depth: number;
  /** Which template told it: `<generator>/<template>`. */
  readonly surface: string;
}

type Identity = Pick<Problem, 'split' | 'seed' | 'index' | 'level' | 'core' | 'key' | 'parent'>;

/** Tells a core and grows its tree. */
export function makeProblem(generator: Generator, identity: Identity, surface: Surface): Problem {
  const posed = generator.pose(identity.core, surface);
  return {
    generator: generator.name,
    ...identity,
    question: posed.question,
    answer: posed.answer,
    choices: posed.choices ? shuffled(surface.random, posed.choices) : [],
    solution: posed.steps.map((step) => step.text).join(' '),
    tree: growTree(generator, identity.core, posed),
    depth: posed.steps.length,
    surface: `${generator.name}/${surface.template}`,
  };
}

/** From the last step to the first, so that every node is made once. Turns that end in a right answer are left out. */
function growTree(generator: Generator, core: unknown, { steps, answer }: Posed): readonly TreeNode[] {
  let level: readonly TreeNode[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i]!;
    const isLast = i === steps.length - 1;
    const nodes: TreeNode[] = [
      { text: step.text, right: true, why: null, answer: isLast ? answer : null, children: level },
    ];
    for (const turn of step.wrong ?? []) {
      if (turn.answer !== null && acceptsAnswer(generator, core, answer, turn.answer)) continue;
      const { text, why, after = [] } = turn;
      let rest: readonly TreeNode[] = [];
      for (let j = after.length - 1; j >= 0; j--) {
        const stated = j === after.length - 1 ? turn.answer : null;
        rest = [{ text: after[j]!, right: false, why: null, answer: stated, children: rest }];
      }
      nodes.push({
        text,
        right: false,
        why,
        answer: after.length === 0 ? turn.answer : null,
        children: rest,
      });
    }
    level = nodes;
  }
  return level;
}

/** A path from a root of the tree to a node that states an answer. */
export interface Path {
  readonly texts: readonly string[];
  readonly answer: string;
  readonly right: boolean;
  /** Why it fails; null for the right path. */
  readonly why: string | null;
}

/** Every path that states an answer; the right one comes last. */
export function pathsOf(tree: readonly TreeNode[]): Path[] {
  const found: Path[] = [];
  const walk = (nodes: readonly TreeNode[], texts: readonly string[], why: string | null): void => {
    for (const node of [...nodes].sort((a, b) => Number(a.right) - Number(b.right))) {
      const here = [...texts, node.text];
      const reason = why ?? node.why;
      if (node.answer !== null)
        found.push({ texts: here, answer: node.answer, right: node.right, why: reason });
      walk(node.children, here, reason);
    }
  };
  walk(tree, [], null);
  return found;
}
