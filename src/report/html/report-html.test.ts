import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, noChromium } from '../../../test/support/chromium.ts';
import { syntheticInput } from '../../../test/synthetic-run.ts';
import { buildReport } from '../build-report.ts';
import { findDisagreements } from './disagreements.ts';
import { loadPageAssets } from './page-assets.ts';
import { reportHtml } from './report-html.ts';

const input = syntheticInput({ limit: 30 });
const page = async () => reportHtml(buildReport(input), findDisagreements(input), await loadPageAssets());

describe('the page as text', () => {
  test('variants, difficulty and pairs have their sections where the data are there', async () => {
    const own = syntheticInput({ limit: 24, variants: true });
    const html = reportHtml(buildReport(own), findDisagreements(own), await loadPageAssets());
    for (const id of ['overfitting', 'difficulty', 'pairs']) expect(html).toContain(`<section id="${id}"`);
    const anchors = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.filter((target) => !anchors.has(target))).toEqual([]);
    expect(await page()).not.toContain('<section id="overfitting"');
    expect(await page()).not.toContain('<section id="difficulty"');
  });

  test('names no other address: no request can leave it', async () => {
    const html = await page();
    expect(html).not.toMatch(/\b(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]{2,}/i);
    expect(html).not.toMatch(/<(link|img|iframe|object|embed)\b|@import|\burl\(/i);
    expect(html).toContain("default-src 'none'");
  });

  test('every link leads to something on the page', async () => {
    const html = await page();
    const anchors = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(200);
    expect(targets.filter((target) => !anchors.has(target))).toEqual([]);
  });

  test('what a model wrote cannot become markup', async () => {
    const samples = new Map([...input.samples].map(([folder, own]) => [folder, new Map(own)]));
    for (const own of samples.values()) {
      const rows = own.get('gsm8k') ?? [];
      own.set(
        'gsm8k',
        rows.map((row) => ({ ...row, output: '</script><script>alert(1)</script>', why: '<img src=x>' })),
      );
    }
    const html = reportHtml(
      buildReport(input),
      findDisagreements({ ...input, samples }),
      await loadPageAssets(),
    );
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
  });
});

describe.skipIf(!chromiumPath)(`the page in a browser${noChromium}`, () => {
  let folder: string;
  let browser: Browser;
  let view: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carryover-page-'));
    const file = join(folder, 'index.html');
    await writeFile(file, await page());
    browser = await chromium.launch({ executablePath: chromiumPath as string, args: ['--no-sandbox'] });
    view = await browser.newPage({ viewport: { width: 360, height: 800 } });
    view.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    view.on('pageerror', (error) => complaints.push(error.message));
    view.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(`request: ${request.url()}`);
    });
    await view.goto(pathToFileURL(file).href);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([360, 768, 1280, 3840])('fits a window of %d pixels', async (width) => {
    await view.setViewportSize({ width, height: 900 });
    const over = await view.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(over).toBeLessThanOrEqual(0);
    expect(await view.locator('.forest:visible').count()).toBe(1);
  });

  test('sorts a table by a column, both ways', async () => {
    await view.locator('#domains summary').click();
    const column = async () =>
      (await view.locator('#domains tbody td:nth-child(3)').allTextContents()).map((text) =>
        Number(text.replace('−', '-')),
      );
    const head = view.locator('#domains thead button', { hasText: 'Difference' });
    await head.click();
    const up = await column();
    expect(up).toEqual([...up].sort((a, b) => a - b));
    await head.click();
    expect(await column()).toEqual([...up].sort((a, b) => b - a));
  });

  test('an arm can be left out', async () => {
    const rows = view.locator('#domains tbody tr:visible');
    const before = await rows.count();
    await view.locator('.filter input[value="mixed"]').uncheck();
    expect(await rows.count()).toBe(before - 7);
    await view.locator('.filter input[value="mixed"]').check();
  });

  test('the item browser shows both answers of items that were won', async () => {
    await view.locator('#browser select[name="arm"]').selectOption('math-only');
    await view.locator('#browser select[name="change"]').selectOption('won');
    const first = view.locator('#browser article').first();
    expect(await first.locator('.side').count()).toBe(2);
    expect(await first.locator('.side.right').textContent()).toMatch(/math-only ✓ correct/);
  });

  test('marks of a figure explain themselves to the keyboard, and lead to their step', async () => {
    const mark = view.locator('.forest:visible a.row').first();
    await mark.focus();
    expect(await view.locator('#tip').textContent()).toMatch(/general-only, mathematical: .* 95 % interval/);
    await mark.press('Enter');
    await view.waitForURL(/#step-evaluate-general-only-0$/);
  });

  test('the theme can be chosen', async () => {
    const paper = () => view.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    await view.locator('#theme').click();
    await view.locator('#theme').click();
    expect(await view.locator('#theme').textContent()).toBe('Theme: dark');
    expect(await paper()).not.toBe(light);
  });

  test('on paper it is black on white, whatever the theme, and everything is unfolded', async () => {
    await view.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await view.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await view.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await view.locator('details:not([open])').count()).toBe(0);
  });

  test('the browser had nothing to complain of, and nothing was requested', () => {
    expect(complaints).toEqual([]);
  });
});
