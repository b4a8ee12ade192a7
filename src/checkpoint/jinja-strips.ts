/**
 * `@huggingface/jinja` 0.5.11 strips every white space in `text.lstrip('\n')` too, as it does not look at the argument
 * (Qwen 3's own template needs it), and takes JavaScript's idea of white space for the `trim` filter, where Python's
 * is another (U+FEFF is none, U+0085 is). A parsed template is therefore rewritten to call functions of ours.
 */
import type { Template } from '@huggingface/jinja';
import { pythonLstrip, pythonRstrip, pythonStrip } from '../text/python-text.ts';

type Strip = (text: string, characters?: string | null) => string;

const METHODS: Readonly<Record<string, Strip>> = {
  strip: (text, characters) => (characters == null ? pythonStrip(text) : both(text, characters)),
  lstrip: (text, characters) => (characters == null ? pythonLstrip(text) : left(text, characters)),
  rstrip: (text, characters) => (characters == null ? pythonRstrip(text) : right(text, characters)),
};

/** Names under which the functions stand among a template's variables. */
const nameOf = (method: string) => `carryover_${method}`;

export const STRIP_FUNCTIONS: Readonly<Record<string, Strip>> = Object.fromEntries(
  Object.entries(METHODS).map(([method, strip]) => [nameOf(method), strip]),
);

interface Node {
  type?: unknown;
  [field: string]: unknown;
}

/** Changes the template's calls of `strip`, `lstrip` and `rstrip` and its `trim` filters in place. */
export function rewriteStrips(template: Template): void {
  visit(template.parsed, new Set());
}

function visit(value: unknown, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  const node = value as Node;
  const call = stripCall(node);
  if (call) Object.assign(node, call);
  for (const inner of value instanceof Map ? [...value].flat() : Object.values(node)) visit(inner, seen);
}

function stripCall(node: Node): Node | undefined {
  if (node.type === 'FilterExpression' && identifier(node['filter']) === 'trim') {
    return { type: 'CallExpression', callee: reference('strip'), args: [node['operand']] };
  }
  if (node.type !== 'CallExpression') return undefined;
  const callee = node['callee'] as Node;
  const method = callee.type === 'MemberExpression' && !callee['computed'] && identifier(callee['property']);
  if (!method || !Object.hasOwn(METHODS, method)) return undefined;
  return { callee: reference(method), args: [callee['object'], ...(node['args'] as unknown[])] };
}

function reference(method: string): Node {
  return { type: 'Identifier', value: nameOf(method) };
}

function identifier(value: unknown): string | undefined {
  const node = value as Node | undefined;
  return node?.type === 'Identifier' ? (node['value'] as string) : undefined;
}

// By code points, as Python's characters are.
function left(text: string, characters: string): string {
  const all = [...text];
  const first = all.findIndex((character) => !characters.includes(character));
  return first < 0 ? '' : all.slice(first).join('');
}

function right(text: string, characters: string): string {
  const all = [...text];
  return all.slice(0, all.findLastIndex((character) => !characters.includes(character)) + 1).join('');
}

function both(text: string, characters: string): string {
  return left(right(text, characters), characters);
}
