/** The package says only what is true: every file it names is there, every version is exact. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildProgram } from '../src/cli/main.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

test('what the package offers exists in the sources', () => {
  const offered = [manifest.bin, manifest.exports]
    .flatMap((group) => Object.values(group))
    .flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)));
  // dist/ is made from src/, file by file.
  const sources = offered.map((path) => path.replace(/^(?:\.\/)?dist\/(.*?)(?:\.d\.ts|\.js)$/, 'src/$1.ts'));
  expect(sources.filter((path) => !existsSync(path))).toEqual([]);
});

test('the command names the version of the package', () => {
  expect(buildProgram().version()).toBe(manifest.version);
});

test('dependencies have exact versions', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
