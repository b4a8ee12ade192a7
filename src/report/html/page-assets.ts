import { readText } from '../../platform/files.ts';
import { packagePath } from '../../platform/package-folder.ts';

/** Style sheet and scripts that are copied into the page. */
export interface PageAssets {
  readonly style: string;
  readonly scripts: readonly string[];
}

/** In the order in which the page runs them. */
const SCRIPTS = ['theme.js', 'tips.js', 'tables.js', 'filter.js', 'samples.js'] as const;

/**
 * Reads the files of `web/`, which stand beside `src/` in a checkout and beside `dist/` in the package. They are
 * plain browser modules without imports, so nothing has to be built before a report can be written.
 */
export async function loadPageAssets(): Promise<PageAssets> {
  const file = (name: string) => readText(packagePath('web', name));
  return {
    style: (await file('style.css')).trim(),
    scripts: await Promise.all(SCRIPTS.map(async (name) => (await file(name)).trim())),
  };
}
