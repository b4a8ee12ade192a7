/**
 * Limits what a program may make in emscripten's file system, whose files, names and streams lie outside the
 * interpreter's memory.
 *
 * Handed to the worker as source text: see python-sandbox.ts.
 */

interface FileNode {
  readonly contents?: { readonly length: number } | null;
  readonly usedBytes?: number;
}
type Write = (
  stream: { readonly node: FileNode },
  buffer: unknown,
  offset: number,
  length: number,
  position: number,
  own?: boolean,
) => number;
type Resize = (node: FileNode, size: number) => void;

/** What is used of emscripten's file system in memory. */
export interface FileSystem {
  readonly ErrnoError: new (code: number) => Error;
  readonly MAX_OPEN_FDS: number;
  createNode: (parent: unknown, name: string, mode: number, device?: number) => unknown;
  dupStream: (stream: unknown, descriptor?: number) => unknown;
  readonly filesystems: {
    readonly MEMFS: {
      expandFileStorage: Resize;
      resizeFileStorage: Resize;
      readonly ops_table: { readonly file: { readonly stream: { write: Write } } };
    };
  };
}

/**
 * From now on storage beyond `limit` bytes and more than 5,000 new names are refused as on a full disk. Deleting gives
 * nothing back: a program has so much for its life. What is returned begins a new life. Descriptors end where
 * emscripten's `open` lets them end.
 */
export function limitFiles(system: FileSystem, limit: number): () => void {
  const { ErrnoError, filesystems } = system;
  const { MEMFS } = filesystems;
  const noSpace = 51;
  const tooManyFiles = 33;
  let names = 5_000;
  const createNode = system.createNode.bind(system);
  system.createNode = (...args) => {
    if (names === 0) throw new ErrnoError(noSpace);
    names -= 1;
    return createNode(...args);
  };
  const dupStream = system.dupStream.bind(system);
  system.dupStream = (stream, descriptor) => {
    if ((descriptor ?? -1) >= system.MAX_OPEN_FDS) throw new ErrnoError(tooManyFiles);
    return dupStream(stream, descriptor);
  };
  let given = 0;
  const give = (bytes: number) => {
    if (given + bytes > limit) throw new ErrnoError(noSpace);
    given += bytes;
  };
  const storage = (node: FileNode) => node.contents?.length ?? 0;
  const mebibyte = 2 ** 20;
  const expand = MEMFS.expandFileStorage.bind(MEMFS);
  MEMFS.expandFileStorage = (node, size) => {
    const before = storage(node);
    // Emscripten's own rule of growth: a file takes more than is asked for.
    const after = Math.max(size, before * (before < mebibyte ? 2 : 1.125));
    if (size > before) give(after - before);
    expand(node, size);
  };
  const resize = MEMFS.resizeFileStorage.bind(MEMFS);
  MEMFS.resizeFileStorage = (node, size) => {
    give(Math.max(0, size - storage(node)));
    resize(node, size);
  };
  const file = MEMFS.ops_table.file.stream;
  const { write } = file;
  file.write = (stream, buffer, offset, length, position, own) => {
    // The first write to an empty file takes its bytes as they are.
    if (stream.node.usedBytes === 0 && position === 0) give(length);
    return write(stream, buffer, offset, length, position, own);
  };
  return () => {
    given = 0;
    names = 5_000;
  };
}
