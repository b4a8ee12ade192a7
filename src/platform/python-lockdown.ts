/**
 * Takes from a thread every way to files, processes, sockets, other threads and modules, for good. The second wall
 * behind the interpreter's border (python-border.ts): code that found a way into the worker's JavaScript finds nothing.
 *
 * Handed to the worker as source text: see python-sandbox.ts.
 */
export function lockDownThread(require: NodeJS.Require): void {
  const harmless = new Set(
    'assert assert/strict async_hooks buffer console constants crypto diagnostics_channel events path path/posix path/win32 perf_hooks process querystring stream stream/consumers stream/promises stream/web string_decoder timers timers/promises url util util/types'.split(
      ' ',
    ),
  );
  const refuse = () => {
    throw new Error('not available in this sandbox');
  };
  const empty = (target: Record<string, unknown>, keep: readonly string[] = []) => {
    for (const name of Object.getOwnPropertyNames(target)) {
      if (keep.includes(name)) continue;
      try {
        const type = typeof target[name];
        if (type === 'function') target[name] = refuse;
        else if (type === 'object') target[name] = undefined;
      } catch {
        // A few members are read-only or throw when read; the functions behind them are refused elsewhere.
      }
    }
  };
  const load = (name: string): Record<string, unknown>[] => {
    try {
      return [require(name) as Record<string, unknown>];
    } catch {
      return []; // A module that this build of Node lists but does not have.
    }
  };
  // Loading every module warns about a few of them; later the interpreter prints when it gives up.
  process.emitWarning = () => {};
  Object.assign(console, Object.fromEntries(Object.keys(console).map((name) => [name, () => {}])));
  process.stdout.write = process.stderr.write = () => true;
  const modules: typeof import('node:module') = require('node:module');
  const net: typeof import('node:net') = require('node:net');
  const dgram: typeof import('node:dgram') = require('node:dgram');
  const children: typeof import('node:child_process') = require('node:child_process');
  const prototypes = [net.Socket, net.Server, dgram.Socket, children.ChildProcess, modules].map(
    ({ prototype }) => prototype as unknown as Record<string, unknown>,
  );
  // All are loaded before the first is emptied: loading needs several of them.
  const doors = modules.builtinModules
    .filter((name) => !harmless.has(name) && !name.startsWith('_stream'))
    .flatMap(load);
  const sync = modules.syncBuiltinESMExports;
  for (const module of doors) empty(module);
  for (const prototype of prototypes) empty(prototype, ['constructor']);
  sync();
  const host =
    'binding _linkedBinding dlopen kill _kill abort chdir umask setuid seteuid setgid setegid setgroups initgroups getBuiltinModule loadEnvFile openStdin _debugProcess _debugEnd _rawDebug mainModule report';
  for (const name of host.split(' ')) Reflect.set(process, name, refuse);
  const names =
    'fetch WebSocket EventSource XMLHttpRequest BroadcastChannel MessageChannel MessagePort Worker require module exports navigator localStorage sessionStorage';
  for (const name of names.split(' ')) Reflect.deleteProperty(globalThis, name);
}
