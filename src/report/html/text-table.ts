import type { TextTable } from '../split-text.ts';
import { safe, sortableTable } from './markup.ts';

/** A table of text; cells that are numbers sort as numbers. */
export function textTable(caption: string, { head, rows }: TextTable): string {
  return sortableTable(
    caption,
    head,
    rows.map(({ arm, cells }) => ({
      ...(arm === undefined ? {} : { arm }),
      cells: cells.map((text) => {
        const number = /^[+−<]? ?\d/.test(text)
          ? Number.parseFloat(text.replace('−', '-').replace('<', '').replaceAll(',', ''))
          : Number.NaN;
        return Number.isFinite(number) ? { html: safe(text), order: number } : text;
      }),
    })),
  );
}

export const note = (text: string): string => `<p>${safe(text)}</p>`;
