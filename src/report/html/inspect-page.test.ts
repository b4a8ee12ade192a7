import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHAT_RENDERS, namedTemplate } from '../../../test/support/chat-renders.ts';
import { chromiumPath, noChromium } from '../../../test/support/chromium.ts';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { inspectRow } from '../../data/inspect/inspect-source.ts';
import type { ShownDocument, ShownRow } from '../../data/inspect/shown-row.ts';
import { trainingTemplate } from '../../data/render/stand-in-template.ts';
import { inspectPage } from './inspect-page.ts';
import { loadPageAssets } from './page-assets.ts';

const { tokenizer } = byteLevelTokenizer(CHAT_RENDERS['extra tokens']);
const template = trainingTemplate(tokenizer, namedTemplate('chatml'));
const [example] = inspectRow(
  'chats',
  {
    row: 7,
    converted: {
      kind: 'conversation',
      messages: [
        { role: 'user', content: `hello ${'and a long word without end '.repeat(12)}${'x'.repeat(300)}` },
        { role: 'assistant', content: '12\nhello 🙂' },
      ],
    },
  },
  { tools: { tokenizer }, template, trainOn: 'assistant', rowLength: 1024 },
) as [ShownDocument];
const row: ShownRow = { documents: [example, { ...example, row: 8 }], padding: 5 };
const page = async (): Promise<string> =>
  inspectPage(
    { title: 'step 1', model: 'tiny', facts: [], rows: [{ title: 'packed row 1', row }], notes: [] },
    await loadPageAssets(),
  );

describe.skipIf(!chromiumPath)(`rows of tokens in a browser${noChromium}`, () => {
  let folder: string;
  let browser: Browser;
  let view: Page;
  const complaints: string[] = [];
  const tip = () => view.locator('#tip').textContent();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carryover-rows-'));
    const file = join(folder, 'rows.html');
    await writeFile(file, await page());
    browser = await chromium.launch({ executablePath: chromiumPath as string, args: ['--no-sandbox'] });
    view = await browser.newPage({ viewport: { width: 360, height: 800 } });
    view.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    view.on('pageerror', (error) => complaints.push(error.message));
    await view.goto(pathToFileURL(file).href);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([360, 1280])('fits a window of %d pixels', async (width) => {
    await view.setViewportSize({ width, height: 900 });
    expect(await view.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  test('a token under the pointer says what it is', async () => {
    const taught = example.tokens.findIndex(({ supervised }) => supervised);
    await view.locator('.tokens[tabindex] [data-n]').nth(taught).hover();
    expect(await tip()).toBe(
      `12 is token ${example.tokens[taught]!.id}, position ${taught}, assistant, supervised`,
    );
  });

  test('the keyboard goes from token to token, and positions begin again in each document', async () => {
    await view.locator('.tokens[tabindex]').nth(1).focus();
    await view.keyboard.press('ArrowRight');
    expect(await tip()).toBe(
      `<|im_start|> is token ${example.tokens[0]!.id}, special token, position 0, header, not supervised`,
    );
    await view.keyboard.press('End');
    const last = example.tokens.length - 1;
    expect(await tip()).toContain(`special token, position ${last}, stop, supervised`);
    await view.keyboard.press('ArrowLeft');
    expect(await tip()).toContain(`position ${last - 1}, assistant, supervised`);
    await view.keyboard.press('Home');
    expect(await tip()).toContain('position 0, header');
    await view.keyboard.press('Escape');
    expect(await view.locator('#tip').isHidden()).toBe(true);
  });

  test('supervised tokens are underlined, others are not', async () => {
    const lines = await view.evaluate(
      "[...document.querySelectorAll('.tokens[tabindex] [data-n]')].map((one) => getComputedStyle(one).textDecorationLine)",
    );
    const expected = example.tokens.map(({ supervised }) => (supervised ? 'underline' : 'none'));
    expect(lines).toEqual([...expected, ...expected]);
  });

  test('the browser had nothing to complain of', () => {
    expect(complaints).toEqual([]);
  });
});
