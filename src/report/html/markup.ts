import { escapeXml } from '../charts/svg.ts';
import type { Report } from '../report.ts';

/** Text made safe for HTML; everything that comes from a run goes through it. */
export const safe: (text: string) => string = escapeXml;

/** The anchor of a step in the page's table of steps. */
export const stepAnchor = (id: string): string => `step-${id.replace(/[^A-Za-z0-9_-]/g, '-')}`;

/** The link target of a number: the step that made it; null when the run names none. */
export function stepHref(steps: readonly string[]): string | null {
  const last = steps.at(-1);
  return last === undefined ? null : `#${stepAnchor(last)}`;
}

/** A number that links to the step and names its fingerprint. */
export function sourced(report: Report, text: string, steps: readonly string[]): string {
  const href = stepHref(steps);
  if (href === null) return safe(text);
  const from = steps
    .map((id) =>
      `${id} ${report.steps.find((step) => step.id === id)?.fingerprint.slice(0, 12) ?? ''}`.trim(),
    )
    .join(', ');
  return `<a class="from" href="${href}" title="${safe(`From ${from}`)}">${safe(text)}</a>`;
}

export interface Cell {
  readonly html: string;
  /** The value to sort by, when the text would sort wrongly. */
  readonly order?: number;
}

export interface TableRow {
  /** Rows of an arm can be filtered away. */
  readonly arm?: string;
  readonly cells: readonly (Cell | string)[];
}

/** A table whose columns can be sorted; the first column holds the row's name. Cells that are text are made safe. */
export function sortableTable(caption: string, head: readonly string[], rows: readonly TableRow[]): string {
  const headCells = head.map((name) => `<th scope="col">${safe(name)}</th>`).join('');
  const body = rows.map(({ arm, cells }) => {
    const written = cells.map((cell, i) => {
      const tag = i === 0 ? 'th scope="row"' : 'td';
      const end = i === 0 ? 'th' : 'td';
      if (typeof cell === 'string') {
        // Names such as two-stage would break at their hyphen.
        const short = cell.length <= 24 ? ' class="short"' : '';
        return `<${tag}${short}>${safe(cell)}</${end}>`;
      }
      const order = cell.order === undefined ? '' : ` data-order="${cell.order}"`;
      return `<${tag}${order}>${cell.html}</${end}>`;
    });
    return `<tr${arm === undefined ? '' : ` data-arm="${safe(arm)}"`}>${written.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="${safe(caption)}"><table class="sortable"><caption>${safe(caption)}</caption><thead><tr>${headCells}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** A figure drawn twice, for broad and for narrow screens; the style sheet shows one of them. */
export function bothWidths(draw: (width: number) => string | null, caption: string): string {
  const wide = draw(920);
  const narrow = draw(344);
  if (wide === null || narrow === null) return '';
  return `<figure><div class="wide">${wide}</div><div class="narrow">${narrow}</div><figcaption>${safe(caption)}</figcaption></figure>`;
}

export function sentences(items: readonly string[], none: string): string {
  return items.length > 0
    ? `<ul>${items.map((item) => `<li>${safe(item)}</li>`).join('')}</ul>`
    : `<p>${safe(none)}</p>`;
}

export function section(id: string, title: string, ...body: readonly string[]): string {
  return `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${safe(title)}</h2>${body.join('')}</section>`;
}
