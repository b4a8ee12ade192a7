import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ShownRow, ShownToken } from '../../data/inspect/shown-row.ts';
import { inspectPage } from './inspect-page.ts';
import { loadPageAssets } from './page-assets.ts';
import { tokenLegend, tokenView } from './token-view.ts';

const token = (text: string, role: ShownToken['role'], supervised = false, special = false): ShownToken => ({
  id: text.length + 40,
  text,
  role,
  supervised,
  special,
});
const document = (row: number, tokens: readonly ShownToken[], length = tokens.length) => ({
  source: 'math',
  row,
  epoch: 1,
  length,
  tokens,
});
const TOKENS = [
  token('<|user|>', 'header', false, true),
  token(' 1 <', 'user'),
  token('2?\n', 'user'),
  token('', 'assistant', true),
  token('é', 'assistant', true),
  token('<|end|>', 'stop', true, true),
];
const packed: ShownRow = {
  documents: [document(3, TOKENS), document(9, TOKENS.slice(0, 2), 90)],
  padding: 4,
};

describe('a row on a page', () => {
  test('is the markup that was looked at', async () => {
    const html = `${tokenView(packed, 'packed row 1')}\n${tokenLegend([packed])}\n`;
    await expect(html.replace(/></g, '>\n<')).toMatchFileSnapshot(
      '../../../test/golden/inspect/token-view.html',
    );
  });

  test('says without colour what is supervised, and where documents part', () => {
    const html = tokenView(packed, 'packed row 1');
    expect(html).toContain('<b>assistant ✓ <small>3</small></b>');
    expect(html).toContain('<b>user <small>1</small></b>');
    expect(html).toContain(
      'document 2 of 2: math row 9, epoch 1, 90 tokens; places 6 to 95, positions from 0',
    );
    expect(html).toContain('padding: places 96 to 99, 4 tokens, never supervised');
    expect(html).toContain('88 more tokens');
  });

  test('nothing that a row holds becomes markup, and no token is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 8 }), (texts) => {
        const tokens = texts.map((text) => token(text, 'user'));
        const html = tokenView({ documents: [document(1, tokens)], padding: 0 }, 'row <1>');
        const bare = html.replace(
          /<\/?(?:article|h3|p|div|span|b|small|i|w?br)(?: [a-z-]+="[^"<>]*")*>/g,
          '',
        );
        expect(bare).not.toMatch(/[<>]/);
        expect(html.match(/ data-n="/g)).toHaveLength(texts.length);
      }),
    );
  });
});

test('the page of rows is whole: no request can leave it, equal rows give equal bytes', async () => {
  const inspection = {
    title: '</title><script>alert(1)</script>',
    model: 'm',
    facts: ['rendered with chatml'],
    rows: [{ title: 'row 1', row: packed }],
    notes: ['<img src=x>'],
  };
  const page = inspectPage(inspection, await loadPageAssets());
  expect(page).not.toContain('<script>alert');
  expect(page).not.toContain('<img');
  expect(page).not.toMatch(/\b(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]{2,}/i);
  expect(page).toContain("default-src 'none'");
  expect(page).toBe(inspectPage(inspection, await loadPageAssets()));
});
