// Compiles src/ to dist/ with tsc. The report's page (web/) is plain browser code and needs no build.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** Runs a Node program in the checkout; leaves with its exit status when it fails. */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(tsc)) {
  // An installation without development packages (npm install --omit=dev) brings dist/ along.
  if (existsSync(join(root, 'dist'))) process.exit(0);
  console.error('TypeScript is missing: run "npm ci" first.');
  process.exit(1);
}
rmSync(join(root, 'dist'), { recursive: true, force: true });
mkdirSync(join(root, 'dist'), { recursive: true });
node(tsc, '-p', 'tsconfig.build.json');
writeFileSync(join(root, 'dist', '.built'), '');
