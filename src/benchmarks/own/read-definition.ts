/** Reads a benchmark file, YAML or module: every mistake at once, in YAML each with its line and column. */
import { UserError } from '../../errors.ts';
import { fileStat, readText, sha256 } from '../../platform/files.ts';
import { importModule } from '../../platform/modules.ts';
import { type Diagnostic, printPath } from '../../study/diagnostics.ts';
import { type Asked, describeIssue } from '../../study/issue-text.ts';
import { type Checked, parseYaml } from '../../study/yaml-file.ts';
import { refuseOtherKind } from '../../study/yaml-kinds.ts';
import { checkDefinition, type FirstRows } from './check-definition.ts';
import type { Definition } from './definition.ts';
import { firstRows, type OpenData } from './first-rows.ts';
import { definitionKeys, parseDefinition } from './schema.ts';

export interface DefinitionFile {
  readonly definition: Definition;
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
  /** A UserError that points at a place of the file. */
  problem(path: readonly PropertyKey[], what: string, hint?: string): UserError;
}

const ENDINGS = /\.(ya?ml|m?js|m?ts)$/i;

/** Whether a name on the command line or in a study means a file and no benchmark of the registry. */
export function isBenchmarkFile(name: string): boolean {
  return ENDINGS.test(name);
}

const KIND = {
  noun: 'benchmark',
  needs: 'name, domain, abilities, data, prompt and answer',
  example: 'my.yaml',
  looked: true,
};

/**
 * `shown`: the file as the user named it; `local`: where it lies. `known`: names that are taken. `open`: opens its data,
 * whose first rows show whether the templates fit.
 */
export async function readDefinition(
  shown: string,
  local: string,
  known: readonly string[],
  open: OpenData,
): Promise<DefinitionFile> {
  const found = await fileStat(local);
  if (!found || found.folder)
    throw new UserError(
      found ? 'This is a folder, not a benchmark file.' : 'There is no such benchmark file.',
      {
        place: { file: shown },
        remedy: `Looked for ${local}. Give the path of a .yaml, .mjs, .js, .mts or .ts file.`,
      },
    );
  if (!isBenchmarkFile(shown))
    throw new UserError('This is no benchmark file.', {
      place: { file: shown },
      remedy: 'A benchmark is described in a .yaml, .mjs, .js, .mts or .ts file.',
    });
  const text = await readText(local);
  const hash = sha256(text);
  const check = (raw: object, valueAt: Asked['valueAt'], rows: FirstRows): Checked<Definition> => {
    refuseOtherKind(raw, shown, 'benchmark');
    const { value, issues, parts } = parseDefinition(raw);
    const diagnostics = [
      ...issues.flatMap((issue) => describeIssue(issue, { valueAt, knownKeys: definitionKeys })),
      ...checkDefinition(parts, known, rows),
    ];
    return { value, diagnostics };
  };
  if (/\.ya?ml$/i.test(shown)) {
    // Read twice: rows can be had only once it is known which, and a check of the text does not wait.
    const content = contentOf(shown, text);
    const rows = content ? await firstRows(content, open) : { problems: [] };
    const { value, problem } = parseYaml(shown, text, KIND, (raw, valueAt) => check(raw, valueAt, rows));
    return { definition: value, sha256: hash, problem };
  }
  refuseLocalImports(shown, text);
  const module = await importModule(local, hash);
  const problem = (diagnostics: readonly Diagnostic[]): UserError => moduleProblem(shown, diagnostics);
  const raw = module['default'];
  if (typeof raw !== 'object' || raw === null)
    throw problem([{ path: ['default'], what: `the module has no default export with ${KIND.needs}` }]);
  const rows = await firstRows(raw, open);
  const { value, diagnostics } = check(raw, (path) => valueIn(raw, path), rows);
  if (value === undefined || diagnostics.length > 0) throw problem(diagnostics);
  return {
    definition: value,
    sha256: hash,
    problem: (path, what, hint) => problem([{ path, what, hint }]),
  };
}

/** The content as it stands, with a key that is there twice too; null where the syntax is broken. */
function contentOf(shown: string, text: string): object | null {
  let content: object | null = null;
  try {
    parseYaml<object>(shown, text, KIND, (raw) => {
      content = raw;
      return { value: raw, diagnostics: [] };
    });
  } catch (error) {
    // The reading that follows tells.
    if (!(error instanceof UserError)) throw error;
  }
  return content;
}

/** What a module imports from beside it would change results without changing the file. */
function refuseLocalImports(file: string, text: string): void {
  for (const [index, line] of text.split('\n').entries()) {
    const found = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{0,2}\/|file:)/.exec(line);
    if (found === null) continue;
    throw new UserError('A benchmark module must stand by itself: its results are known by this one file.', {
      place: { file, line: index + 1, column: found.index + 1 },
      remedy: 'Put what it imports from other files of yours into this file. Packages may be imported.',
    });
  }
}

/** A module's values have no place in its text that could be told. */
function moduleProblem(file: string, diagnostics: readonly Diagnostic[]): UserError {
  const lines = diagnostics.map(({ path, what, hint }) => {
    const head = `${file}: ${printPath(path)}: ${what}`;
    return hint ? `${head}\n       ${hint}` : head;
  });
  const count = diagnostics.length;
  return new UserError(lines.join('\n'), {
    remedy: `${count === 1 ? '1 problem' : `${count} problems`} in ${file}.`,
  });
}

function valueIn(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}
