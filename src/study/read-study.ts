/** Reads study.yaml: every problem at once, each with the line it is about. */
import { isMap, LineCounter, parseDocument } from 'yaml';
import { UserError } from '../errors.ts';
import { checkStudy } from './check-study.ts';
import { type Diagnostic, printAt, printDiagnostics, valueAt } from './diagnostics.ts';
import { describeIssue } from './issue-text.ts';
import { parseStudy } from './schema.ts';
import type { Study } from './study.ts';

/** Broken syntax draws further errors after it: a data file given as a study has hundreds. */
const SHOWN_ERRORS = 5;
/** No study is as long as this; models and data are. */
const MOST_CHARACTERS = 1_000_000;

/** What the product knows beyond the file: names a study may use. */
export interface KnownNames {
  readonly benchmarks: readonly string[];
}

/** A study that has been read and found right, and the way back into its text for what is found wrong later. */
export interface StudyFile {
  /** As the user named it. */
  readonly file: string;
  readonly text: string;
  readonly study: Study;
  /** A UserError that points at a place of the file, such as `['sources', 'math']`. */
  problem(path: readonly PropertyKey[], what: string, hint?: string): UserError;
}

/**
 * Parses and checks the text of a study. `file` is the name shown in messages.
 * @throws UserError with every problem, in the order of the file.
 */
export function parseStudyText(file: string, text: string, known: KnownNames): StudyFile {
  if (text.length > MOST_CHARACTERS || text.includes('\0'))
    throw new UserError('this is no study file: it is too large, or no text', {
      place: { file },
      remedy: 'Give the path of a study, such as studies/smollm2.yaml.',
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
  if (hidden > 0 || broken.some(({ duplicate }) => !duplicate)) throw problems(file, printed, hidden);

  const root = document.contents;
  if (!isMap(root)) {
    const what = 'a study is a map with at least name, arms and evaluation';
    throw problems(file, [...printed, printAt(file, text, lines, [0, 1], what)]);
  }
  const print = (diagnostics: readonly Diagnostic[]): string =>
    printDiagnostics(file, text, lines, root, diagnostics);
  const raw = document.toJS() as Partial<Record<keyof Study, unknown>>;
  const { study, issues } = parseStudy(raw);
  const diagnostics: readonly Diagnostic[] = [
    ...issues.flatMap((issue) => describeIssue(issue, (path) => valueAt(root, path))),
    ...checkStudy(raw, known.benchmarks),
  ];
  if (diagnostics.length > 0) printed.push(print(diagnostics));
  if (printed.length > 0 || !study) throw problems(file, printed);
  return {
    file,
    text,
    study,
    problem: (path, what, hint) => problems(file, [print([{ path, what, hint }])]),
  };
}

function problems(file: string, printed: readonly string[], hidden = 0): UserError {
  const text = printed.join('\n');
  const count = text.split('\n').filter((line) => line.startsWith(`${file}:`)).length + hidden;
  const first = hidden > 0 ? ` (the first ${count - hidden} are shown)` : '';
  return new UserError(text, {
    remedy: `${count === 1 ? '1 problem' : `${count} problems`} in ${file}${first}; nothing was started.`,
  });
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
