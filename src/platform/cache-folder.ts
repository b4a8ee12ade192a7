/** Where Carryover keeps what it can compute or fetch again. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `CARRYOVER_CACHE`, else the platform's own place for caches. The folder need not exist yet. */
export function cacheFolder(): string {
  const { CARRYOVER_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (CARRYOVER_CACHE) return CARRYOVER_CACHE;
  if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'carryover', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'carryover');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'carryover');
}
