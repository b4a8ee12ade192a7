/** Modules of the user's own, JavaScript or TypeScript. */
import { pathToFileURL } from 'node:url';
import { UserError } from '../errors.ts';

/**
 * The exports of a module. TypeScript is read where this Node strips types itself (22.18 and 23.6 on) or `tsx` is
 * installed. `version`: loaded anew when it is another. Throws UserError when it cannot be read or throws itself.
 */
export async function importModule(
  path: string,
  version: string,
): Promise<Readonly<Record<string, unknown>>> {
  const url = `${pathToFileURL(path).href}?v=${version}`;
  try {
    if (!/\.m?ts$/.test(path) || stripsTypes()) return (await import(url)) as Record<string, unknown>;
    return unwrapped((await (await tsx()).tsImport(url, import.meta.url)) as Record<string, unknown>);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      `The module cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        place: { file: path, ...lineOf(cause, path) },
        remedy: 'Mend it there; `node FILE` shows the same.',
        cause,
      },
    );
  }
}

/** Where no package.json says "module", tsx makes CommonJS of it: the exports then stand in its default. */
function unwrapped(module: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const inner = module['default'];
  return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'default')
    ? (inner as Record<string, unknown>)
    : module;
}

function stripsTypes(): boolean {
  return Boolean((process.features as { typescript?: unknown }).typescript);
}

async function tsx(): Promise<typeof import('tsx/esm/api')> {
  try {
    return await import('tsx/esm/api');
  } catch (cause) {
    throw new UserError(`Node ${process.versions.node} cannot read TypeScript by itself.`, {
      remedy:
        'Use Node 22.18 or newer, install tsx (npm install tsx), or write the file as JavaScript (.mjs).',
      cause,
    });
  }
}

/** Where the module's own text is at fault, as the first line of the stack or the nearest call says it. */
function lineOf(cause: unknown, path: string): { line?: number; column?: number } {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const at = stack.indexOf(path.split(/[\\/]/).at(-1)!);
  const found = at < 0 ? null : /^[^\s:)]*:(\d+)(?::(\d+))?/.exec(stack.slice(at));
  if (found === null) return {};
  return { line: Number(found[1]), ...(found[2] === undefined ? {} : { column: Number(found[2]) }) };
}
