/**
 * Puts an interpreter back to the state it had after its start, whatever a program did: byte for byte, and outside of
 * Python, so that nothing a program can reach takes part in it.
 *
 * Why it is complete. A WebAssembly instance is its memory, its tables and its mutable globals. The memory is copied
 * back whole. pyodide 314.0.7 has four mutable globals (`python-snapshot.test.ts` reads them from its file): the
 * stack pointer, which is restored; the two borders of the stack, set once at the start; and a second return value
 * that lives between two instructions. The table of functions grows only when the border (python-border.ts) is open.
 * The table of JavaScript objects is compared and put back. Beyond the instance, the functions on the border's list
 * change emscripten's file system and nothing else: the graph of objects below `FS` is remembered and put back,
 * files' bytes included.
 *
 * Handed to the worker as source text: see python-sandbox.ts.
 */

/** What is used of the interpreter's exports. */
export interface InterpreterExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly __stack_pointer: { value: number };
  readonly __indirect_function_table: { readonly length: number };
  readonly _hiwire_get: (index: number) => unknown;
  readonly _hiwire_set: (index: number, value: unknown) => number;
  readonly emscripten_stack_get_base: () => number;
  readonly emscripten_stack_get_end: () => number;
}

export interface Snapshot {
  /** False when the interpreter cannot be put back and must not be used again. */
  readonly restore: () => boolean;
}

/** `roots`: the JavaScript objects that hold the file system. Throws when they hold something of an unknown kind. */
export function interpreterSnapshot(exports: InterpreterExports, roots: readonly object[]): Snapshot {
  const image = new Uint8Array(exports.memory.buffer).slice();
  const stackPointer = exports.__stack_pointer.value;
  const shape = () =>
    [
      exports.__indirect_function_table.length,
      exports.emscripten_stack_get_base(),
      exports.emscripten_stack_get_end(),
    ].join();
  const shapeThen = shape();

  const objects: unknown[] = [];
  try {
    for (let index = 0; ; index++) objects.push(exports._hiwire_get(index));
  } catch {
    // The end of the table traps.
  }

  const graph = rememberGraph(roots);

  return {
    restore: () => {
      const bytes = new Uint8Array(exports.memory.buffer);
      bytes.set(image);
      // The memory never shrinks; what it has grown by looks as if it had just been given.
      bytes.fill(0, image.length);
      exports.__stack_pointer.value = stackPointer;
      objects.forEach((object, index) => {
        if (exports._hiwire_get(index) !== object) exports._hiwire_set(index, object);
      });
      graph.restore();
      return shape() === shapeThen;
    },
  };

  /** All objects reachable by own properties: their properties, and the bytes of arrays outside the memory. */
  function rememberGraph(starts: readonly object[]): { restore: () => void } {
    const properties = new Map<object, Map<PropertyKey, unknown>>();
    const contents = new Map<Uint8Array, Uint8Array>();
    const seen = new Set<object>();
    const open: unknown[] = [...starts];
    const wasm = exports.memory.buffer;
    const bytesOf = (view: ArrayBufferView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    while (open.length > 0) {
      const value = open.pop();
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      seen.add(value);
      if (ArrayBuffer.isView(value)) {
        if (value.buffer !== wasm) contents.set(bytesOf(value), bytesOf(value).slice());
        continue;
      }
      if (value instanceof Map || value instanceof Set || value instanceof ArrayBuffer) {
        throw new Error(
          `the file system holds a ${value.constructor.name}, which the snapshot does not know`,
        );
      }
      const own = new Map<PropertyKey, unknown>();
      for (const key of Reflect.ownKeys(value)) {
        const property = Object.getOwnPropertyDescriptor(value, key);
        if (!property || !('value' in property)) continue;
        own.set(key, property.value);
        open.push(property.value);
      }
      properties.set(value, own);
    }
    if (seen.size > 20_000) throw new Error('the file system reaches beyond itself');
    return {
      restore: () => {
        for (const [bytes, saved] of contents) bytes.set(saved);
        for (const [object, saved] of properties) {
          for (const key of Reflect.ownKeys(object)) if (!saved.has(key)) Reflect.deleteProperty(object, key);
          for (const [key, value] of saved) {
            if (Reflect.get(object, key) !== value) Reflect.set(object, key, value);
          }
        }
      },
    };
  }
}
