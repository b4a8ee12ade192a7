/** The server is started and asked over real sockets; raw ones where an HTTP client would tidy the path up. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type FolderServer, serveFolder } from './static-server.ts';

const SECRET = 'not for readers';
let folder = '';
let server: FolderServer | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-serve-'));
  mkdirSync(join(folder, 'report', 'sub'), { recursive: true });
  mkdirSync(join(folder, 'report-next'));
  writeFileSync(join(folder, 'secret.txt'), SECRET);
  writeFileSync(join(folder, 'report-next', 'secret.txt'), SECRET);
  writeFileSync(join(folder, 'report', 'index.html'), '<p>report</p>');
  writeFileSync(join(folder, 'report', 'sub', 'a b.json'), '{"é":1}');
  writeFileSync(join(folder, 'report', 'data.bin'), Buffer.from([0, 255]));
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'report', 'link.txt'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serve(port = 0): Promise<FolderServer> {
  server = await serveFolder(join(folder, 'report'), port);
  return server;
}

/** The whole answer to a request line as it stands. */
function raw(port: number, line: string, host = `127.0.0.1:${port}`): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (data: Buffer) => {
      text += data.toString();
    });
    socket.on('end', () => done(text)).on('error', fail);
  });
}

test('files with their types, the folder as its index.html', async () => {
  const { url } = await serve();
  const page = await fetch(url);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await page.text()).toBe('<p>report</p>');
  const json = await fetch(`${url}sub/a%20b.json?x=1`);
  expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await json.json()).toEqual({ é: 1 });
  const bytes = await fetch(`${url}data.bin`);
  expect(bytes.headers.get('content-type')).toBe('application/octet-stream');
  expect([...new Uint8Array(await bytes.arrayBuffer())]).toEqual([0, 255]);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.headers.get('content-length'), await head.text()]).toEqual(['13', '']);
  for (const missing of ['none.html', 'sub', 'sub/', '%', '%00'])
    expect((await fetch(`${url}${missing}`)).status, missing).toBe(404);
});

describe('what it refuses', () => {
  test.each([
    '/../secret.txt',
    '/sub/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2freport-next/secret.txt',
    '/..\\secret.txt',
    '//../secret.txt',
    '../secret.txt',
    '/link.txt',
    '/link.txt?',
  ])('GET %s, which leads out of the folder', async (path) => {
    const { port } = await serve();
    const text = await raw(port, `GET ${path}`);
    expect(text).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(text).not.toContain(SECRET);
  });

  test('writing, and pages under a name of their own', async () => {
    const { port, url } = await serve();
    const post = await fetch(url, { method: 'POST', body: 'x' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await raw(port, 'GET /', 'evil.example')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await raw(port, 'GET /', `localhost:${port}`)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

test('a taken port is answered with a free one, and closing gives the port back', async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address() as AddressInfo;
  try {
    const first = await serve(port);
    expect(first.port).not.toBe(port);
    expect((await fetch(first.url)).status).toBe(200);
    await first.close();
    await expect(fetch(first.url)).rejects.toThrow();
    server = undefined;
    const second = await serve(first.port);
    expect(second.port).toBe(first.port);
  } finally {
    await new Promise((done) => other.close(done));
  }
});

test('closing does not wait for a reader who keeps the connection open', async () => {
  const { port, close } = await serve();
  const socket = connect(port, '127.0.0.1');
  const ended = new Promise((done) => socket.on('close', done).on('error', () => undefined));
  await new Promise((done) => socket.on('connect', done));
  socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await new Promise((done) => socket.once('data', done));
  await close();
  await ended;
  server = undefined;
});
