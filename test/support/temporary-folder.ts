/**
 * One temporary folder for a whole run of the tests, also for the processes that they start: whatever a test leaves
 * there goes with it. The system's own temporary folder stays as it was.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Every system's name for the variable. */
const NAMES = ['TMPDIR', 'TEMP', 'TMP'] as const;

/** Called by vitest before its workers start; what it returns is called at the end. */
export default function setUp(): () => void {
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  const folder = mkdtempSync(join(tmpdir(), 'carryover-tests-'));
  for (const name of NAMES) process.env[name] = folder;
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true });
  };
}
