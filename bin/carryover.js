#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(fileURLToPath(main))) {
  console.error('carryover is not built yet. Run "npm install" (or "npm run build") in the checkout first.');
  process.exit(1);
}
const { sayWhenInterrupted } = await import(new URL('../dist/platform/signals.js', import.meta.url).href);
sayWhenInterrupted();
const { run } = await import(main.href);
await run(process.argv.slice(2));
