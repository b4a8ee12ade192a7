// Brings a checkout to a state in which its commands work: installs when the lock file is newer than the
// installation, builds when a source is newer than the build. Quiet and quick when nothing is to be done.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIsStale } from './build-state.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs npm with the given arguments in the checkout; leaves with its exit status when it fails. */
function npm(...args) {
  // onnxruntime-node's own install script would fetch CUDA files; the CPU library is inside the package.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const { status } = spawnSync('npm', args, {
    cwd: root,
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

const lock = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');
if (!existsSync(installed) || statSync(lock).mtimeMs > statSync(installed).mtimeMs) {
  console.error('Installing what Carryover needs (npm ci) ...');
  npm('ci', '--no-audit', '--no-fund');
}
if (buildIsStale(root)) npm('run', '--silent', 'build');
