/** Where a browser for tests of pages is, and what a test without one says. */
import { existsSync } from 'node:fs';

const PLACES = [
  process.env['CARRYOVER_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const chromiumPath: string | undefined = PLACES.find((place) => place !== '' && existsSync(place));
export const noChromium: string = chromiumPath
  ? ''
  : ' (skipped: no Chromium here; name one in CARRYOVER_CHROMIUM)';
