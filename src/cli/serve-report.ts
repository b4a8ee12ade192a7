/** A report at an address of this machine, until someone ends it. */
import { dirname } from 'node:path';
import { untilQuit } from '../platform/quit-key.ts';
import { serveFolder } from '../platform/static-server.ts';
import { readsKeys, sayLine } from '../platform/terminal.ts';
import { numberOption } from './number-option.ts';

export const DEFAULT_PORT = 4747;

/** A parser for `--port`. 0 is any free port. */
export const portOption: (text: string) => number = numberOption('--port', {
  least: 0,
  most: 65_535,
  integer: true,
});

/** Serves the folder of `page` (a report's index.html) and returns when it is ended by q, Ctrl-C or a signal. */
export async function serveReport(page: string, port: number = DEFAULT_PORT): Promise<void> {
  const server = await serveFolder(dirname(page), port);
  if (port !== 0 && server.port !== port) sayLine(`Port ${port} is taken or may not be used.`);
  sayLine(`The report is at ${server.url} (${readsKeys() ? 'q or ' : ''}Ctrl-C ends it)`);
  try {
    await untilQuit();
  } finally {
    await server.close();
  }
}
