/**
 * Rows of training data token by token: on the page of `carryover data inspect` and in the report. Supervised tokens
 * are underlined and their label says so, so that nothing depends on colour. What a token's hint says is made by
 * web/tokens.js from `data-n` (position id and token id) and the run that it stands in.
 */
import { documentText, ROLE_WORDS } from '../../data/inspect/row-text.ts';
import {
  roleCounts,
  SHOWN_ROLES,
  type ShownDocument,
  type ShownRow,
  type TokenRun,
  tokenRuns,
} from '../../data/inspect/shown-row.ts';
import { count, counted } from '../../text/counts.ts';
import { visible } from '../../text/visible.ts';
import { safe } from './markup.ts';

/** One row: what it is called, its documents with their tokens, its padding. */
export function tokenView(row: ShownRow, title: string): string {
  const packed = row.documents.length > 1 || row.padding > 0;
  let place = 0;
  const documents = row.documents.map((document, index) => {
    const of = packed ? `document ${index + 1} of ${row.documents.length}: ` : '';
    const at = packed ? `; places ${place} to ${place + document.length - 1}, positions from 0` : '';
    place += document.length;
    return documentView(document, `${of}${documentText(document)}${at}`);
  });
  const padding =
    row.padding === 0
      ? ''
      : `<p class="token-padding">padding: places ${place} to ${place + row.padding - 1}, ${counted(row.padding, 'token')}, never supervised</p>`;
  return `<article class="token-row"><h3>${safe(title)}</h3><p class="token-counts">${countsText(row)}</p>${documents.join('')}${padding}</article>`;
}

/** What marks and colours mean; roles that do not occur are left out. */
export function tokenLegend(rows: readonly ShownRow[]): string {
  const shown = new Set(rows.flatMap((row) => roleCounts(row).map(({ role }) => role)));
  const roles = SHOWN_ROLES.filter((role) => shown.has(role)).map(
    (role) =>
      `<div><dt><span class="tokens"><span class="run ${role}"><b>${role}</b></span></span></dt><dd>${safe(ROLE_WORDS[role])}</dd></div>`,
  );
  const packed = rows.some((row) => row.documents.length > 1 || row.padding > 0)
    ? '<div><dt>dashed line</dt><dd>border of packed documents: no token sees across it, and positions begin again</dd></div>'
    : '';
  return `<dl class="token-legend"><div><dt><span class="tokens"><span class="run assistant taught"><b>assistant ✓</b><i>text</i></span></span></dt><dd>underlined: supervised, the model learns to write these tokens</dd></div>${roles.join('')}<div><dt><code>· ⏎ ⇥ ◌</code></dt><dd>space, line feed, tab, first part of a character that lies in several tokens; special tokens have a frame</dd></div>${packed}</dl><p>The number in a label is the position id of the first token. Point at a token, or move to a row and use the arrow keys, for its id, role and position.</p>`;
}

function documentView(document: ShownDocument, title: string): string {
  const head = `<p class="token-document">${safe(title)}</p>`;
  if (document.tokens.length === 0) return head;
  const hidden = document.length - document.tokens.length;
  const more = hidden > 0 ? `<span class="token-more"> … ${counted(hidden, 'more token')}</span>` : '';
  const runs = tokenRuns(document.tokens).map(runView).join('');
  return `${head}<div class="tokens" tabindex="0" role="group" aria-label="${safe(title)}">${runs}${more}</div>`;
}

function runView({ role, supervised, from, tokens }: TokenRun): string {
  const shown = tokens.map(({ id, text, special }, index) => {
    const kind = special ? ' class="special"' : '';
    // A line feed in the source as one on the page.
    const line = text.endsWith('\n') ? '<br>' : '';
    // Spaces are shown as signs, at which a browser would not break a line.
    const breaks = /^\s/.test(text) ? '<wbr>' : '';
    return `${breaks}<i${kind} data-n="${from + index} ${id}">${safe(text === '' ? '◌' : visible(text))}</i>${line}`;
  });
  return `<span class="run ${role}${supervised ? ' taught' : ''}" data-role="${role}"><b>${role}${supervised ? ' ✓' : ''} <small>${from}</small></b>${shown.join('')}</span>`;
}

function countsText(row: ShownRow): string {
  return roleCounts(row)
    .map(
      ({ role, tokens, supervised }) =>
        `${role} ${count(tokens)}${supervised > 0 ? ` (${count(supervised)} supervised)` : ''}`,
    )
    .join(', ');
}
