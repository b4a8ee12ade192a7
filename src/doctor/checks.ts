/** What must be there for Carryover to work on this machine, one check each. */
import { writeModel } from '../engine/onnx/graph/onnx-writer.ts';
import { newGraph } from '../engine/onnx/ops/table.ts';
import { fileStat } from '../platform/files.ts';
import { cacheFolder, type HubEnvironment, hubPlace } from '../platform/hub.ts';
import { mirrorRepos } from '../platform/hub-mirror.ts';
import { availableMemory, cores, processorName, totalMemory } from '../platform/machine.ts';
import { openSession } from '../platform/onnxruntime.ts';
import { firstLine, folderSize, freeDiskSpace, httpStatus, pyodideVersion } from '../platform/probes.ts';
import { whyNotWritable } from '../platform/writable.ts';
import { counted } from '../text/counts.ts';

export interface Finding {
  /** `problem`: something that Carryover needs does not work. `warning`: some of it may not. */
  readonly state: 'ok' | 'warning' | 'problem';
  /** What was found, in one line. */
  readonly found: string;
  /** What to do about it; absent when all is well. */
  readonly remedy?: string;
}

export interface Surroundings {
  readonly env: HubEnvironment;
  /** The current folder. */
  readonly folder: string;
  /** `process.versions.node`. */
  readonly node: string;
}

export type Check = (surroundings: Surroundings) => Promise<Finding>;

const GIB = 2 ** 30;
/** Bytes below which a small model's run is in danger: its weights, gradients and checkpoints. */
const MEMORY_NEEDED = 4 * GIB;
const DISK_NEEDED = 5 * GIB;

/** In the order in which they are shown. */
export const CHECKS: Readonly<Record<string, Check>> = {
  node: async ({ node }) => {
    const [major = 0, minor = 0] = node.split('.').map(Number);
    if (major > 20 || (major === 20 && minor >= 19)) return ok(`Node ${node}`);
    return problem(
      `Node ${node}, but 20.19 is needed`,
      'Install Node 20.19 or newer from https://nodejs.org.',
    );
  },
  onnxruntime: async () => {
    const graph = newGraph('doctor');
    const x = graph.input('x', 'f32', [2, 2]);
    graph.output('y', graph.op('MatMul', [x, x]));
    const session = await openSession(writeModel(graph.build()));
    const { y } = await session.run({
      x: { dtype: 'f32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    });
    await session.close();
    const right = String(y?.data) === '7,10,15,22';
    return right
      ? ok('onnxruntime-node computes')
      : problem(
          `onnxruntime-node computed ${String(y?.data)}`,
          'Reinstall with npm ci; this processor may not be supported.',
        );
  },
  processor: async () => ok(`${counted(cores(), 'core')}, ${processorName()}`),
  memory: async () => {
    const found = `${gib(availableMemory())} GiB of ${gib(totalMemory())} GiB free`;
    return availableMemory() >= MEMORY_NEEDED
      ? ok(found)
      : warning(
          found,
          'Close other programs, or use a smaller model: training 135 M parameters with LoRA takes about 3 GiB.',
        );
  },
  disk: async ({ folder }) => {
    const why = await whyNotWritable(folder);
    if (why !== undefined) return problem(why, 'Run in a folder that you may write, or name one with --out.');
    const free = await freeDiskSpace(folder);
    const found = `${gib(free)} GiB free in the current folder`;
    return free >= DISK_NEEDED
      ? ok(found)
      : warning(found, 'A study of five arms on a small model writes about 2 GiB.');
  },
  hub: async ({ env }) => {
    const place = hubPlace(env);
    if (place.kind === 'mirror') {
      if (!(await fileStat(place.folder))?.folder) {
        return problem(
          `CARRYOVER_HUB names ${place.folder}, which is not a folder`,
          'Correct CARRYOVER_HUB or unset it.',
        );
      }
      const datasets = await mirrorRepos(place.folder, 'dataset');
      return datasets.length > 0
        ? ok(`local mirror ${place.folder}, datasets: ${datasets.length}`)
        : warning(
            `the local mirror ${place.folder} is empty`,
            'It should hold datasets/<org>/<name>/<file>.',
          );
    }
    const status = await httpStatus(`${place.endpoint}/api/datasets/openai/gsm8k`);
    return typeof status === 'number' && status < 500
      ? ok(`${place.endpoint} answers`)
      : warning(
          `${place.endpoint} cannot be reached (${status})`,
          'Only what is in the cache can be used. Check the network, set HF_ENDPOINT, or set CARRYOVER_HUB to a local mirror.',
        );
  },
  cache: async ({ env }) => {
    const folder = cacheFolder(env);
    const why = await whyNotWritable(folder);
    if (why !== undefined) {
      const remedy = 'Set CARRYOVER_CACHE to a folder that you may write.';
      return env.CARRYOVER_HUB ? warning(why, remedy) : problem(why, remedy);
    }
    const { bytes, files } = await folderSize(folder);
    return ok(`${folder}: ${files} files, ${(bytes / 2 ** 20).toFixed(1)} MiB`);
  },
  pyodide: async () => ok(`Python ${await pyodideVersion()} in pyodide, for the code benchmarks`),
  python: async () => {
    const version = (await firstLine('python3', ['--version'])) ?? (await firstLine('python', ['--version']));
    return ok(
      version === undefined
        ? 'none; not needed (pyodide runs the code benchmarks)'
        : `${version}; not needed`,
    );
  },
};

/** One check's finding; what it throws is a problem with the reason, never the end of the report. */
export async function runCheck(check: Check, surroundings: Surroundings): Promise<Finding> {
  try {
    return await check(surroundings);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem(`does not work: ${reason.split('\n')[0]}`, 'Reinstall with npm ci.');
  }
}

function ok(found: string): Finding {
  return { state: 'ok', found };
}

function warning(found: string, remedy: string): Finding {
  return { state: 'warning', found, remedy };
}

function problem(found: string, remedy: string): Finding {
  return { state: 'problem', found, remedy };
}

function gib(bytes: number): string {
  return (bytes / GIB).toFixed(1);
}
