/** A problem for people: the question, the solution step by step with its wrong turns, the answer. */
import type { Generator } from './generator.ts';
import type { Problem, TreeNode } from './problem.ts';

export function showProblem({ kind }: Generator, problem: Problem): string {
  const { generator, level, split, index, surface, depth, question, choices, answer } = problem;
  const head = `${generator}, level ${level}, split ${split}, problem ${index}: template ${surface}, ${depth} ${depth === 1 ? 'step' : 'steps'}`;
  const lines = [head, '', ...question.split('\n').map((line) => `  ${line}`)];
  if (kind === 'choice') lines.push(`  (${choices.join(' | ')})`);
  lines.push('', ...steps(problem.tree), `  Answer: ${answer}`);
  return lines.join('\n');
}

/** The right steps, numbered; under each the wrong turns that could be taken in its place. */
function steps(tree: readonly TreeNode[]): string[] {
  const lines: string[] = [];
  let here = tree;
  for (let number = 1; here.length > 0; number++) {
    const right = here.find((node) => node.right);
    if (right !== undefined) lines.push(`  ${number}. ${right.text}`);
    for (const node of here) if (!node.right) lines.push(...wrongTurn(node));
    here = right?.children ?? [];
  }
  return lines;
}

function wrongTurn(node: TreeNode): string[] {
  const texts = [node.text];
  let end = node;
  for (let next = end.children[0]; next !== undefined; next = end.children[0]) {
    texts.push(next.text);
    end = next;
  }
  const result = end.answer === null ? 'leads nowhere' : `answers ${end.answer}`;
  return [`     not: ${texts.join(' ')} (${result})`, `          ${node.why ?? ''}`];
}
