/** What the report and the page of rows have in common: the head of the document, and its scripts. */
import { safe } from './markup.ts';
import type { PageAssets, ScriptName } from './page-assets.ts';

/** Everything before the body. The content security policy sees to it that the page asks nothing of any address. */
export function pageHead(title: string, assets: PageAssets): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<title>${safe(title)}</title>
<style>
${assets.style}
</style>
</head>`;
}

/** In the order given. */
export function pageScripts(assets: PageAssets, names: readonly ScriptName[]): string {
  return names.map((name) => `<script type="module">\n${assets.scripts[name]}\n</script>`).join('\n');
}
