/** Short programs with their tests, one after the other, against lm-evaluation-harness's way: programs per second. */
import { closePython, pythonProcessorTime, runPython } from '../src/platform/python-worker.ts';
import { type Comparison, countsProcessorTime, inTurns, seconds } from './measure.ts';
import { Peer } from './peer.ts';
import type { Settings } from './settings.ts';

const PROGRAMS = 60;

/** Half of them pass; none is equal to another, and some use the standard library as solutions do. */
function programs(round: number): string[] {
  return Array.from({ length: PROGRAMS }, (_, i) => {
    const n = round * PROGRAMS + i;
    const body = [
      `def f(words):\n    counts = collections.Counter(words.split())\n    return sorted(counts, key=lambda w: (-counts[w], w))[:${1 + (n % 3)}]\n`,
      `def f(words):\n    return [w for w in re.findall(r'[a-z]+', words) if len(w) > ${n % 4}]\n`,
      `def f(words):\n    seen = []\n    for w in words.split():\n        if w not in seen:\n            seen.append(w)\n    return seen\n`,
    ][n % 3];
    const test =
      i % 2 === 0
        ? `assert len(f('a b a c a b d ${n}')) > 0`
        : `assert f('a b a c a b d ${n}') == [${n}], 'another'`;
    return `import collections\nimport re\nfrom typing import List\n\n${body}\n${test}\n`;
  });
}

export async function* code({ python, rounds }: Settings): AsyncGenerator<Comparison> {
  await using peer = new Peer(python, 'code_eval.py', {});
  await peer.ready();
  const verdicts = { ours: [] as boolean[], peer: [] as boolean[] };
  const ours = async (round: number) => {
    const start = performance.now();
    const before = pythonProcessorTime() ?? 0;
    for (const program of programs(round)) {
      const { status } = await runPython(program, { timeoutMs: 3000 });
      verdicts.ours.push(status === 'ok');
    }
    const wall = (performance.now() - start) / 1000;
    const processor = (pythonProcessorTime() ?? Number.NaN) - before;
    return { units: PROGRAMS, seconds: seconds({ wall, processor }) };
  };
  const theirs = async (round: number) => {
    const asked = await peer.ask<{ passed: boolean[]; children: number }>({ programs: programs(round) });
    verdicts.peer.push(...asked.result.passed);
    const children = countsProcessorTime() ? asked.result.children : 0;
    return { units: PROGRAMS, seconds: asked.seconds + children };
  };
  // The first loads the interpreter.
  await ours(1000);
  await theirs(1000);
  verdicts.ours.length = verdicts.peer.length = 0;
  const rates = await inTurns({ run: ours }, { run: theirs }, rounds);
  await closePython();
  const equal = verdicts.ours.filter((passed, i) => passed === verdicts.peer[i]).length;
  yield {
    title: 'short programs with tests, one worker, against a process each',
    unit: 'programs/s',
    ...rates,
    note: `the same verdict in ${equal} of ${verdicts.ours.length}; asked for: 30 programs/s a worker`,
  };
}
