import { readText } from '../../platform/files.ts';
import { packagePath } from '../../platform/package-folder.ts';

/** In the order in which a page runs them. */
export const SCRIPTS = ['theme.js', 'tips.js', 'tokens.js', 'tables.js', 'filter.js', 'samples.js'] as const;
export type ScriptName = (typeof SCRIPTS)[number];

const STYLES = ['style.css', 'tokens.css'] as const;

/** Style sheets and scripts that are copied into a page. */
export interface PageAssets {
  readonly style: string;
  readonly scripts: Readonly<Record<ScriptName, string>>;
}

/**
 * Reads the files of `web/`, which stand beside `src/` in a checkout and beside `dist/` in the package. They are
 * plain browser modules without imports, so nothing has to be built before a report can be written.
 */
export async function loadPageAssets(): Promise<PageAssets> {
  const file = async (name: string) => (await readText(packagePath('web', name))).trim();
  const scripts = await Promise.all(SCRIPTS.map(async (name) => [name, await file(name)] as const));
  return {
    style: (await Promise.all(STYLES.map(file))).join('\n'),
    scripts: Object.fromEntries(scripts) as PageAssets['scripts'],
  };
}
