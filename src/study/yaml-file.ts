/** A YAML file of the user's: read whole, every problem at once, each with the line it is about. */
import { type Document, isMap, LineCounter, parseDocument, visit } from 'yaml';
import { UserError } from '../errors.ts';
import { type Diagnostic, printAt, printDiagnostics, valueAt } from './diagnostics.ts';

/** Broken syntax draws further errors after it: a data file given as a study has hundreds. */
const SHOWN_ERRORS = 5;
/** No such file is as long as this; models and data are. */
const MOST_CHARACTERS = 1_000_000;

/** What a file should be, for messages. */
export interface YamlKind {
  /** `study`, so that a file may be "no study". */
  readonly noun: string;
  /** `name, arms and evaluation`. */
  readonly needs: string;
  /** A file that is one. */
  readonly example: string;
  /** Whether reading one is only a look at it: then a message need not say that nothing was started. */
  readonly looked?: boolean;
}

/** What a check of the raw content found: the value when it is right. */
export interface Checked<Value> {
  readonly value?: Value | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that has been read and found right, and the way back into its text for what is found wrong later. */
export interface YamlFile<Value> {
  readonly value: Value;
  /** A UserError that points at a place of the file, such as `['sources', 'math']`. */
  problem(path: readonly PropertyKey[], what: string, hint?: string): UserError;
  /** The same for several places at once. */
  problems(found: readonly Diagnostic[]): UserError;
}

/**
 * Parses and checks a text. `file` is the name shown in messages; `check` is given the content as plain data, and
 * `valueAt` the value at a path.
 * @throws UserError with every problem, in the order of the file.
 */
export function parseYaml<Value>(
  file: string,
  text: string,
  kind: YamlKind,
  check: (raw: object, valueAt: (path: readonly PropertyKey[]) => unknown) => Checked<Value>,
): YamlFile<Value> {
  if (text.length > MOST_CHARACTERS || text.includes('\0'))
    throw new UserError(`this is no ${kind.noun} file: it is too large, or no text`, {
      place: { file },
      remedy: `Give the path of a ${kind.noun}, such as ${kind.example}.`,
    });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors.slice(0, SHOWN_ERRORS).map((error) => {
    const duplicate = error.code === 'DUPLICATE_KEY';
    const what = duplicate ? 'this key is there twice' : firstLine(error.message);
    return { duplicate, printed: printAt(file, text, lines, error.pos, what) };
  });
  const printed = broken.map((one) => one.printed);
  const hidden = document.errors.length - broken.length;
  // With broken syntax the tree is a guess; with a key twice it is still worth reading on.
  if (hidden > 0 || broken.some(({ duplicate }) => !duplicate)) throw problems(file, kind, printed, hidden);

  const lost = lostAliases(document);
  if (lost.length > 0) {
    const what = 'no anchor of this name stands before it (a text that begins with * needs quotes)';
    throw problems(file, kind, [...printed, ...lost.map((at) => printAt(file, text, lines, at, what))]);
  }
  const root = document.contents;
  if (!isMap(root)) {
    const what = `a ${kind.noun} is a map with at least ${kind.needs}`;
    throw problems(file, kind, [...printed, printAt(file, text, lines, [0, 1], what)]);
  }
  const print = (diagnostics: readonly Diagnostic[]): string =>
    printDiagnostics(file, text, lines, root, diagnostics);
  const { value, diagnostics } = check(document.toJS() as object, (path) => valueAt(root, path));
  if (diagnostics.length > 0) printed.push(print(diagnostics));
  if (printed.length > 0 || value === undefined) throw problems(file, kind, printed);
  return {
    value,
    problem: (path, what, hint) => problems(file, kind, [print([{ path, what, hint }])]),
    problems: (found) => problems(file, kind, [print(found)]),
  };
}

/** Where an alias names no anchor: the parser takes it, and the content cannot be had. */
function lostAliases(document: Document.Parsed): [number, number][] {
  const found: [number, number][] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined && alias.range) found.push([alias.range[0], alias.range[1]]);
    },
  });
  return found;
}

function problems(file: string, kind: YamlKind, printed: readonly string[], hidden = 0): UserError {
  const text = printed.join('\n');
  const count = text.split('\n').filter((line) => line.startsWith(`${file}:`)).length + hidden;
  const first = hidden > 0 ? ` (the first ${count - hidden} are shown)` : '';
  return new UserError(text, {
    remedy: `${count === 1 ? '1 problem' : `${count} problems`} in ${file}${first}${kind.looked ? '' : '; nothing was started'}.`,
  });
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
