/**
 * The files of one folder over HTTP, for looking at a report on this machine: on 127.0.0.1 only, reading only, and
 * nothing outside the folder, whatever the path or a link in the folder says.
 */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface FolderServer {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/jsonl; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Serves `folder` on `port`, or on a free port when that one is taken or may not be had; 0 is any free port. */
export async function serveFolder(folder: string, port: number): Promise<FolderServer> {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    // What breaks here is the connection (the reader went away) or the file: neither may end the process.
    answer(root, request, response).catch(() => response.destroy());
  });
  await listen(server, port).catch((error: NodeJS.ErrnoException) => {
    if (port === 0 || (error.code !== 'EADDRINUSE' && error.code !== 'EACCES')) throw error;
    return listen(server, 0);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${HOST}:${taken}/`,
    port: taken,
    close: () =>
      new Promise((done, fail) => {
        server.close((error) => (error ? fail(error) : done()));
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, HOST, () => {
      server.off('error', fail);
      done();
    });
  });
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): void => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
    response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
  };
  // A web page elsewhere may point a name of its own at 127.0.0.1: it shall not read the report.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
    return refuse(403, 'This server answers to 127.0.0.1 and localhost only.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(405, 'This server only reads.', { allow: 'GET, HEAD' });
  const file = await fileOf(root, request.url ?? '/');
  if (file === undefined) return refuse(404, 'There is no such file.');
  response.writeHead(200, {
    'content-type': TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
    'content-length': file.size,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file.path), response);
}

/** The file that a request's target means; undefined when there is none within `root` (a real path). */
async function fileOf(
  root: string,
  target: string,
): Promise<{ readonly path: string; readonly size: number } | undefined> {
  try {
    const path = decodeURIComponent(target.split(/[?#]/)[0]!);
    if (!path.startsWith('/')) return undefined;
    // The real path decides: neither `..` nor a link leads out of the folder.
    const found = await realpath(join(root, path.endsWith('/') ? `${path}index.html` : path));
    if (!found.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    const facts = await stat(found);
    return facts.isFile() ? { path: found, size: facts.size } : undefined;
  } catch {
    // Not there, not to be read, or no path at all (a broken escape, a NUL): for the reader it is the same.
    return undefined;
  }
}
