/**
 * Limits what a program may write to emscripten's file system, whose files lie outside the interpreter's memory.
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
  readonly filesystems: {
    readonly MEMFS: {
      expandFileStorage: Resize;
      resizeFileStorage: Resize;
      readonly ops_table: { readonly file: { readonly stream: { write: Write } } };
    };
  };
}

/**
 * From now on storage beyond `limit` bytes is refused as on a full disk. Deleting gives nothing back: a program has so
 * much for its life. What is returned begins a new life.
 */
export function limitFiles({ ErrnoError, filesystems: { MEMFS } }: FileSystem, limit: number): () => void {
  const noSpace = 51;
  let given = 0;
  const give = (bytes: number) => {
    if (given + bytes > limit) throw new ErrnoError(noSpace);
    given += bytes;
  };
  const grown = (node: FileNode, size: number) => Math.max(0, size - (node.contents?.length ?? 0));
  const expand = MEMFS.expandFileStorage.bind(MEMFS);
  MEMFS.expandFileStorage = (node, size) => {
    give(grown(node, size));
    expand(node, size);
  };
  const resize = MEMFS.resizeFileStorage.bind(MEMFS);
  MEMFS.resizeFileStorage = (node, size) => {
    give(grown(node, size));
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
  };
}
