/** Problems of a YAML file, printed with the line of the user's file they are about. */
import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type ParsedNode,
} from 'yaml';

export interface Diagnostic {
  /** From the root of the file; a path that leads nowhere (a missing key) points at what should hold it. */
  readonly path: readonly PropertyKey[];
  /** Point at the key instead of the value, for keys that should not be there. */
  readonly atKey?: boolean;
  readonly what: string;
  readonly hint?: string | undefined;
}

/** A range of character offsets; the end is exclusive. */
type Range = readonly [start: number, end: number];

/** A value inside the file, or undefined when the path leads nowhere. */
export function valueAt(root: ParsedNode | null, path: readonly PropertyKey[]): unknown {
  const node = follow(root, path).node;
  return node && isScalar(node)
    ? node.value
    : node
      ? isMap(node)
        ? {}
        : isSeq(node)
          ? []
          : null
      : undefined;
}

interface Found {
  readonly node: Node | undefined;
  readonly deepest: Range;
}

/** Walks down as far as the file goes. `deepest`: the last key passed, for messages about what is missing. */
function follow(root: ParsedNode | null, path: readonly PropertyKey[]): Found {
  let node: Node | undefined = root ?? undefined;
  let deepest: Range = (root && firstOf(root)) ?? [0, 1];
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) return { node: undefined, deepest };
      deepest = rangeOf(pair.key as Node) ?? deepest;
      node = (pair.value as Node | null) ?? undefined;
    } else if (isSeq(node)) {
      node = node.items[Number(part)] as Node | undefined;
      deepest = (node && firstOf(node)) ?? deepest;
    } else return { node: undefined, deepest };
  }
  return { node, deepest };
}

function rangeOf(node: Node | null | undefined): Range | undefined {
  return node?.range ? [node.range[0], Math.max(node.range[1], node.range[0] + 1)] : undefined;
}

/** Where a collection begins to be seen: a block map's first key rather than everything below it. */
function firstOf(node: Node): Range | undefined {
  if (!isCollection(node)) return rangeOf(node);
  const first = node.items[0];
  if ('flow' in node && node.flow) return rangeOf(node);
  return rangeOf((isPair(first) ? first.key : first) as Node | null) ?? rangeOf(node);
}

/** The characters a diagnostic is about. */
function locate(root: ParsedNode | null, diagnostic: Diagnostic): Range {
  const { node, deepest } = follow(root, diagnostic.path);
  if (diagnostic.atKey) return deepest;
  return (node && firstOf(node)) ?? deepest;
}

/** `arms[1].stages[0].share`. */
export function printPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** Prints problems in the order of the file, each once. */
export function printDiagnostics(
  file: string,
  text: string,
  lines: LineCounter,
  root: ParsedNode | null,
  diagnostics: readonly Diagnostic[],
): string {
  const placed = diagnostics.map((diagnostic) => ({ diagnostic, range: locate(root, diagnostic) }));
  placed.sort((a, b) => a.range[0] - b.range[0]);
  const printed = placed.map(({ diagnostic, range }) => {
    const path = printPath(diagnostic.path);
    return printAt(
      file,
      text,
      lines,
      range,
      path ? `${path}: ${diagnostic.what}` : diagnostic.what,
      diagnostic.hint,
    );
  });
  return [...new Set(printed)].join('\n');
}

/** Characters of a source line that are shown. */
const WIDEST = 160;

/** `file:line:column: what`, the source line, a squiggle under the range and the hint. */
export function printAt(
  file: string,
  text: string,
  lines: LineCounter,
  range: Range,
  what: string,
  hint?: string,
): string {
  const { line, col } = lines.linePos(Math.min(range[0], text.length));
  const whole = text.split('\n')[Math.max(line, 1) - 1]?.trimEnd() ?? '';
  const column = Math.max(col, 1);
  // Of an overlong line, the part around the place.
  const from = whole.length > WIDEST ? Math.max(0, column - 1 - WIDEST / 2) : 0;
  const source = whole.slice(from, from + WIDEST);
  const indent = Math.min(column - 1 - from, source.length);
  const length = Math.max(1, Math.min(range[1] - range[0], source.length - indent));
  const margin = `${line}`.padStart(4);
  const squiggle = `${' '.repeat(indent)}${'~'.repeat(length)}`;
  const out = [`${file}:${line}:${column}: ${what}`, `${margin} | ${source}`, `     | ${squiggle}`];
  if (hint) out.push(`       ${hint}`);
  return out.join('\n');
}
