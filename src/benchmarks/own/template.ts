/**
 * Templates over the columns of a row, in the language that lm-evaluation-harness's tasks use: Jinja, by
 * `@huggingface/jinja`. What Jinja passes over in silence is an error here: a column that the row does not have.
 */
import { Template as Jinja } from '@huggingface/jinja';
import { nearest } from '../../text/nearest.ts';
import type { Row } from '../benchmark.ts';

export interface Template {
  /** Every column or field that the template reads and the row does not have, each once. */
  readonly missing: (row: Row) => readonly TemplateFault[];
  /** Throws TemplateFault for a column or field that the row does not have, and for what Jinja cannot do. */
  readonly render: (row: Row) => string;
}

/** What is wrong with a template, or with a row for a template. */
export class TemplateFault extends Error {
  readonly hint: string | undefined;

  constructor(what: string, hint?: string) {
    super(what);
    this.hint = hint;
  }
}

/** Jinja drops the last line break of a template, and prompts end in one: a mark behind it keeps it. */
const END = '\0';

/** Throws TemplateFault when the text is no template. */
export function compileTemplate(text: string): Template {
  let jinja: Jinja;
  try {
    // First without the mark: a message must not speak of it.
    new Jinja(text);
    jinja = new Jinja(text + END);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TemplateFault(`is no template: ${reason}`, 'columns stand in double braces: {{question}}');
  }
  const needed = columnsOf(jinja.parsed);
  const missing = (row: Row): readonly TemplateFault[] => {
    const faults = needed.map((path) => faultAt(row, path)).filter((fault) => fault !== null);
    return [...new Map(faults.map((fault) => [fault.message, fault])).values()];
  };
  return {
    missing,
    render: (row) => {
      const [fault] = missing(row);
      if (fault) throw fault;
      try {
        return jinja.render(plain(row) as Record<string, unknown>).slice(0, -END.length);
      } catch (cause) {
        throw new TemplateFault(cause instanceof Error ? cause.message : String(cause));
      }
    },
  };
}

function faultAt(row: Row, path: readonly string[]): TemplateFault | null {
  const [column = '', ...fields] = path;
  if (!Object.hasOwn(row, column)) return unknown('the row has no column', column, Object.keys(row));
  let value = row[column];
  for (const field of fields) {
    // Of a text or a list it is a method of Jinja's, and of a map too.
    if (typeof value !== 'object' || value === null || Array.isArray(value) || METHODS.has(field))
      return null;
    if (!Object.hasOwn(value, field)) return unknown(`${column} has no field`, field, Object.keys(value));
    value = (value as Row)[field];
  }
  return null;
}

const METHODS = new Set(['items', 'get', 'keys', 'values']);

function unknown(what: string, name: string, known: readonly string[]): TemplateFault {
  const near = nearest(name, known);
  return new TemplateFault(`${what} ${name}`, near ? `did you mean ${near}?` : `it has ${known.join(', ')}`);
}

/** JSON values, as Jinja takes them: 64-bit whole numbers as numbers, dates as text. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

const GLOBALS = ['range', 'namespace', 'true', 'false', 'none', 'True', 'False', 'None', 'loop'];

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Every column that a template reads, with the fields behind it: `choices.text` is `['choices', 'text']`. */
function columnsOf(program: unknown): readonly (readonly string[])[] {
  const found: string[][] = [];
  const bound = new Set(GLOBALS);
  const asNode = (value: unknown): Node | undefined =>
    typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
      ? (value as Node)
      : undefined;
  const bind = (value: unknown): void => {
    const node = asNode(value);
    if (node?.type === 'Identifier') bound.add(String(node['value']));
    else if (Array.isArray(node?.['value'])) node['value'].forEach(bind);
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value instanceof Map) for (const pair of value) walk(pair);
    const node = asNode(value);
    if (node === undefined) return;
    const path = pathOf(node);
    if (path !== undefined) found.push(path);
    else if (node.type === 'MemberExpression') {
      walk(node['object']);
      if (node['computed']) walk(node['property']);
    } else if (node.type === 'FilterExpression' || node.type === 'FilterStatement') {
      walk(node['operand']);
      walk(node['body']);
      walk(asNode(node['filter'])?.['args']);
    } else if (node.type === 'TestExpression') walk(node['operand']);
    else if (node.type === 'KeywordArgumentExpression') walk(node['value']);
    else {
      if (node.type === 'For') bind(node['loopvar']);
      if (node.type === 'Set') bind(node['assignee']);
      for (const [key, inner] of Object.entries(node))
        if (key !== 'loopvar' && key !== 'assignee') walk(inner);
    }
  };
  const pathOf = (node: Node): string[] | undefined => {
    if (node.type === 'Identifier') return [String(node['value'])];
    const property = asNode(node['property']);
    if (node.type !== 'MemberExpression' || node['computed'] || property?.type !== 'Identifier')
      return undefined;
    const before = asNode(node['object']);
    const path = before && pathOf(before);
    return path && [...path, String(property['value'])];
  };
  walk(program);
  return found.filter(([name]) => !bound.has(name!));
}
