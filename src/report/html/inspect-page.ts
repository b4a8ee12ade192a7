import type { Inspection } from '../../data/inspect/inspection.ts';
import { safe } from './markup.ts';
import type { PageAssets } from './page-assets.ts';
import { pageHead, pageScripts } from './page-frame.ts';
import { tokenLegend, tokenView } from './token-view.ts';

/** The page of `carryover data inspect --html`: equal data and models give equal bytes. */
export function inspectPage({ title, model, facts, rows, notes }: Inspection, assets: PageAssets): string {
  const legend = tokenLegend(rows.map(({ row }) => row));
  const remarks = notes.map((note) => `<p>${safe(note)}</p>`).join('');
  return `${pageHead(`${title}: Carryover data`, assets)}
<body>
<a class="skip" href="#rows">Skip to the rows</a>
<header><p class="study">Training data, token by token</p><h1>${safe(title)}</h1><p>Tokens of ${safe(model)}, ${safe(facts.join(', '))}.</p>${remarks}</header>
<form class="filter" aria-label="Look"><button type="button" id="theme" hidden></button></form>
<main>
<section id="legend" aria-label="Legend">${legend}</section>
<section id="rows" aria-label="Rows">
${rows.map((one) => tokenView(one.row, one.title)).join('\n')}
</section>
</main>
<footer>Made by Carryover. The same data and model give this page byte for byte.</footer>
<div id="tip" role="status" hidden></div>
${pageScripts(assets, ['theme.js', 'tips.js', 'tokens.js'])}
</body>
</html>
`;
}
