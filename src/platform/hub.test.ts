import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UserError } from '../errors.ts';
import { cacheFolder, type HubRepo, hubFile, hubFiles, listHubFiles, revisionFacts } from './hub.ts';
import { matchesPattern, nearNames } from './hub-names.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-hub-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const GSM: HubRepo = { kind: 'dataset', id: 'openai/gsm8k' };
const BIG = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i) % 251));
const FILES: Record<string, Buffer> = {
  'README.md': Buffer.from('---\nlicense: mit\n---\n'),
  'main/test-00000-of-00001.parquet': Buffer.from('test'),
  'main/train-00000-of-00001.parquet': BIG,
  'main/empty.jsonl': Buffer.alloc(0),
};

/** A server with the hub's API: the tree of a repository in pages of two, and files with ETag and ranges. */
interface TestHub {
  readonly endpoint: string;
  readonly requests: string[];
  /** The next so many answers with a body are cut off after this number of bytes. */
  cut: { answers: number; after: number };
  corrupt: boolean;
  close(): Promise<void>;
}

async function startHub(files = FILES): Promise<TestHub> {
  const state = { requests: [] as string[], cut: { answers: 0, after: 0 }, corrupt: false };
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub');
    state.requests.push(`${request.headers.range ?? 'whole'} ${url.pathname}`);
    if (request.headers.authorization === 'Bearer hf_wrong') return void response.writeHead(401).end();
    const path = decodeURIComponent(url.pathname);
    if (path === '/api/datasets/openai/gsm8k/tree/main') {
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const names = Object.keys(files);
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      if (from + 2 < names.length) {
        headers['link'] = `<${endpoint()}${url.pathname}?recursive=true&cursor=${from + 2}>; rel="next"`;
      }
      const entries = names.slice(from, from + 2).map((name) => ({
        type: 'file',
        path: name,
        size: files[name]!.length,
        oid: 'x',
      }));
      return void response.writeHead(200, headers).end(JSON.stringify(entries));
    }
    const prefix = '/datasets/openai/gsm8k/resolve/main/';
    const body = path.startsWith(prefix) ? files[path.slice(prefix.length)] : undefined;
    if (body === undefined) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
    const range = request.headers.range?.match(/^bytes=(\d+)-(\d+)$/);
    const [from, to] = range
      ? [Number(range[1]), Math.min(Number(range[2]) + 1, body.length)]
      : [0, body.length];
    if (range && from >= body.length) {
      return void response.writeHead(416, { etag, 'content-range': `bytes */${body.length}` }).end();
    }
    const part = Buffer.from(body.subarray(from, to));
    if (state.corrupt && part.length > 1) part[1]! ^= 1;
    response.writeHead(range ? 206 : 200, {
      etag,
      'content-length': part.length,
      ...(range ? { 'content-range': `bytes ${from}-${to - 1}/${body.length}` } : {}),
    });
    if (state.cut.answers > 0 && part.length > state.cut.after) {
      state.cut.answers--;
      // The bytes must reach the client before the connection dies.
      return void response.write(part.subarray(0, state.cut.after), () =>
        setTimeout(() => response.destroy(), 50),
      );
    }
    response.end(part);
  });
  const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(state, {
    endpoint: endpoint(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  });
}

const message = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return String(error)
    .replaceAll(folder, 'FOLDER')
    .replaceAll(/:\d{4,5}\b/g, ':PORT');
};

describe('the hub over HTTP', () => {
  let hub: TestHub;
  let env: { HF_ENDPOINT: string; CARRYOVER_CACHE: string; HF_TOKEN?: string; HF_HUB_OFFLINE?: string };
  beforeEach(async () => {
    hub = await startHub();
    env = { HF_ENDPOINT: `${hub.endpoint}/`, CARRYOVER_CACHE: join(folder, 'cache') };
  });
  afterEach(() => hub.close());

  test('lists all pages, matches patterns, downloads once', async () => {
    expect(await listHubFiles(GSM, 'main/t*.parquet', { env })).toEqual([
      'main/test-00000-of-00001.parquet',
      'main/train-00000-of-00001.parquet',
    ]);
    const [test, train] = await hubFiles(GSM, 'main/t*-*.parquet', { env });
    expect(await readFile(test!.local, 'utf8')).toBe('test');
    expect((await readFile(train!.local)).equals(BIG)).toBe(true);
    const before = hub.requests.length;
    expect(await hubFiles(GSM, 'main/t*-*.parquet', { env })).toHaveLength(2);
    expect(hub.requests).toHaveLength(before);
  });

  test('two calls at once share one download; an empty file is a file', async () => {
    const path = 'main/train-00000-of-00001.parquet';
    const [a, b] = await Promise.all([hubFile(GSM, path, { env }), hubFile(GSM, path, { env })]);
    expect(a).toBe(b);
    expect(hub.requests.filter((line) => line.startsWith('whole') && line.endsWith(path))).toHaveLength(1);
    expect(await readFile(await hubFile(GSM, 'main/empty.jsonl', { env }), 'utf8')).toBe('');
  });

  test('an interrupted download goes on where it stopped', async () => {
    hub.cut = { answers: 2, after: 100_000 };
    const seen: number[] = [];
    const path = 'main/train-00000-of-00001.parquet';
    const local = await hubFile(GSM, path, { env, onProgress: (_, done) => seen.push(done) });
    expect((await readFile(local)).equals(BIG)).toBe(true);
    const ranges = hub.requests.filter((line) => line.endsWith(path)).map((line) => line.split(' ')[0]);
    expect(ranges.filter((range) => range !== 'bytes=0-0')).toEqual([
      'whole',
      'bytes=100000-299999',
      'bytes=200000-299999',
    ]);
    expect(seen.at(-1)).toBe(BIG.length);
    expect((await readdir(dirname(local))).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  test('what another process had downloaded is continued', async () => {
    const path = 'main/train-00000-of-00001.parquet';
    const target = join(folder, 'cache/datasets/openai/gsm8k/main', path);
    const etag = createHash('sha256').update(BIG).digest('hex');
    const partial = `${target}.${createHash('sha256').update(etag).digest('hex').slice(0, 12)}.partial`;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(partial, BIG.subarray(0, 299_000));
    expect(await hubFile(GSM, path, { env })).toBe(target);
    expect((await readFile(target)).equals(BIG)).toBe(true);
    expect(hub.requests.some((line) => line.startsWith('bytes=299000-299999'))).toBe(true);
  });

  test('damaged bytes never enter the cache', async () => {
    hub.corrupt = true;
    const said = await message(hubFile(GSM, 'main/test-00000-of-00001.parquet', { env }));
    expect(said).toContain('do not have the hash that the hub names');
    await expect(
      readFile(join(folder, 'cache/datasets/openai/gsm8k/main/main/test-00000-of-00001.parquet')),
    ).rejects.toThrow();
    hub.corrupt = false;
    expect(await readFile(await hubFile(GSM, 'main/test-00000-of-00001.parquet', { env }), 'utf8')).toBe(
      'test',
    );
  });

  test('a file cut short in the cache is fetched again', async () => {
    const local = await hubFile(GSM, 'main/test-00000-of-00001.parquet', { env });
    await writeFile(local, 'te');
    expect(await readFile(await hubFile(GSM, 'main/test-00000-of-00001.parquet', { env }), 'utf8')).toBe(
      'test',
    );
  });

  test('messages: missing file, missing repository, refused, bad token, offline', async () => {
    expect(await message(listHubFiles(GSM, 'main/tset-*.parquet', { env }))).toMatchInlineSnapshot(`
      "The dataset openai/gsm8k has no file main/tset-*.parquet: looked in http://127.0.0.1:PORT.
        It has 4 files, such as README.md, main/empty.jsonl, main/test-00000-of-00001.parquet, main/train-00000-of-00001.parquet."
    `);
    expect(await message(hubFile(GSM, 'main/test.parquet', { env }))).toContain(
      'has no file main/test.parquet',
    );
    expect(
      await message(listHubFiles({ kind: 'dataset', id: 'openai/gsm9k' }, '*', { env })),
    ).toMatchInlineSnapshot(`
      "http://127.0.0.1:PORT answered 404 for the dataset openai/gsm9k (its list of files).
        Check the id and the revision on the hub; a private one needs HF_TOKEN."
    `);
    env.HF_TOKEN = 'hf_wrong';
    expect(await message(hubFile(GSM, 'main/train-00000-of-00001.parquet', { env }))).toMatchInlineSnapshot(`
      "http://127.0.0.1:PORT answered 401 for the dataset openai/gsm8k (main/train-00000-of-00001.parquet).
        It is private, gated or misspelt: accept its terms on its page and set HF_TOKEN, or correct the id."
    `);
    env.HF_TOKEN = 'secret';
    expect(await message(hubFile(GSM, 'README.md', { env }))).toContain('HF_TOKEN is set but is no token');
    env.HF_TOKEN = '';
    env.HF_HUB_OFFLINE = '1';
    expect(await message(hubFile(GSM, 'README.md', { env }))).toContain('HF_HUB_OFFLINE forbids the network');
  });

  test('no network: the message names the remedy, and the cache still serves', async () => {
    const local = await hubFile(GSM, 'README.md', { env });
    await listHubFiles(GSM, undefined, { env });
    await hub.close();
    expect(await hubFile(GSM, 'README.md', { env })).toBe(local);
    expect(await listHubFiles(GSM, 'main/*', { env })).toHaveLength(3);
    expect(await message(hubFile(GSM, 'main/test-00000-of-00001.parquet', { env }))).toMatchInlineSnapshot(`
      "Cannot get the dataset openai/gsm8k (main/test-00000-of-00001.parquet) from http://127.0.0.1:PORT: fetch failed (ECONNREFUSED).
        Check the network and run again (what was downloaded is kept), set HF_ENDPOINT to a mirror of the hub, or set CARRYOVER_HUB to a folder that holds datasets/<org>/<name>/..."
    `);
    hub = await startHub();
  });
});

describe('a local mirror', () => {
  test('serves files, names near ids, and refuses paths that leave it', async () => {
    const file = join(folder, 'datasets/openai/gsm8k/main/train.jsonl');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '{}');
    // The endpoint would fail at once: nothing may ask it.
    const env = { CARRYOVER_HUB: folder, HF_ENDPOINT: 'http://127.0.0.1:9' };
    expect(await hubFiles(GSM, 'main/*.jsonl', { env })).toEqual([{ path: 'main/train.jsonl', local: file }]);
    expect(
      await message(listHubFiles({ kind: 'dataset', id: 'openai/gsmk8' }, '*', { env })),
    ).toMatchInlineSnapshot(`
      "The dataset openai/gsmk8 is not in the local mirror: looked for FOLDER/datasets/openai/gsmk8.
        Near names there: openai/gsm8k. Check the id, copy the dataset into the mirror, or unset CARRYOVER_HUB to fetch it from the hub."
    `);
    expect(await message(hubFile(GSM, '../../../etc/passwd', { env }))).toContain(
      'is not a path inside a repository',
    );
    expect(await message(listHubFiles({ kind: 'model', id: '../x' }, '*', { env }))).toContain(
      'is not a model id',
    );
    const nowhere = { CARRYOVER_HUB: join(folder, 'nope') };
    expect(await message(listHubFiles(GSM, '*', { env: nowhere }))).toContain('which is not a folder');
  });

  test('compares the revision asked for with the commits that a download noted', async () => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    const repo = join(folder, 'datasets/openai/gsm8k');
    const note = join(repo, '.cache/huggingface/download/train.jsonl.metadata');
    await mkdir(dirname(note), { recursive: true });
    await writeFile(join(repo, 'train.jsonl'), '{}');
    await writeFile(join(repo, 'bare.jsonl'), '{}');
    await writeFile(note, `${commit}\nsome-etag\n1731000000.5\n`);
    const options = { env: { CARRYOVER_HUB: folder } };
    const at = (revision: string): HubRepo => ({ ...GSM, revision });
    const checked = async (revision: string, path = 'train.jsonl') => {
      await hubFile(at(revision), path, options);
      return (await revisionFacts(at(revision), [path], options))?.checked;
    };
    expect(await checked(commit)).toBe(true);
    expect(await checked('0123456')).toBe(true);
    // A branch moves, and of the other file nothing is known.
    expect(await checked('refs/pr/1')).toBe(false);
    expect(await checked(commit, 'bare.jsonl')).toBe(false);
    expect(await revisionFacts(GSM, ['train.jsonl'], options)).toBeUndefined();
    expect(await message(hubFile(at('fedcba9'), 'train.jsonl', options))).toMatchInlineSnapshot(`
      "The local mirror holds openai/gsm8k (train.jsonl) of commit 0123456789abcdef0123456789abcdef01234567, not of fedcba9.
        Copy that revision into the mirror (hf download openai/gsm8k --revision fedcba9 --local-dir DIR --repo-type dataset), state the commit that is there, or unset CARRYOVER_HUB to fetch it from the hub."
    `);
    expect(await listHubFiles(GSM, undefined, options)).toEqual(['bare.jsonl', 'train.jsonl']);
  });

  test('says once that a revision cannot be checked', async () => {
    const file = join(folder, 'models/org/tiny/config.json');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '{}');
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const repo: HubRepo = { kind: 'model', id: 'org/tiny', revision: 'v1.0' };
      for (let time = 0; time < 3; time++)
        await hubFile(repo, 'config.json', { env: { CARRYOVER_HUB: folder } });
      expect(write.mock.calls.map(([line]) => line)).toEqual([
        'org/tiny: the revision v1.0 cannot be checked: the local mirror (CARRYOVER_HUB) does not tell whether it holds it. Its files are used as they are.\n',
      ]);
    } finally {
      write.mockRestore();
    }
  });

  test.skipIf(!process.env['CARRYOVER_HUB'])('the real mirror (needs CARRYOVER_HUB)', async () => {
    expect(await listHubFiles(GSM, 'main/*.parquet')).toEqual([
      'main/test-00000-of-00001.parquet',
      'main/train-00000-of-00001.parquet',
    ]);
  });
});

describe('names', () => {
  test('patterns', () => {
    expect(matchesPattern('main/train-0.parquet', 'main/*.parquet')).toBe(true);
    expect(matchesPattern('a/main/train-0.parquet', '*/train-0.parquet')).toBe(false);
    expect(matchesPattern('mainXtrain', 'main.train')).toBe(false);
  });
  test('near names put the right name under the wrong organisation first', () => {
    expect(nearNames('gsm8k/gsm8k', ['openai/gsm8k', 'tau/commonsense_qa', 'openai/gsm1k'])[0]).toBe(
      'openai/gsm8k',
    );
    expect(nearNames('zzz/qqqqqq', ['openai/gsm8k'])).toEqual([]);
  });
  test('the cache folder', () => {
    expect(cacheFolder({ CARRYOVER_CACHE: '/c' })).toBe('/c');
    expect(cacheFolder({ HF_HOME: '/hf', HOME: '/h' })).toBe('/hf/carryover');
    expect(cacheFolder({ HOME: '/h' })).toBe('/h/.cache/carryover');
  });
});
