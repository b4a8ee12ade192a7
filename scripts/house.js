// House rules that neither the linter nor the compiler checks: file length, median length, the clock outside
// src/platform/, links in documents.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LIMIT = 400; // lines a source file; tests, tables and cases may reach TABLE_LIMIT
const TABLE_LIMIT = 600;
const faults = [];

const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((file) => file && existsSync(join(root, file)));
const read = (file) => readFileSync(join(root, file), 'utf8');
const isCode = (file) =>
  /\.(ts|tsx|js|py)$/.test(file) && /^(src|web|python|bin|scripts|bench|test)\//.test(file);
const isTable = (file) => /\.test\.tsx?$|\.(table|cases)\.ts$/.test(file);

const lengths = [];
for (const file of files.filter(isCode)) {
  const text = read(file);
  const lines = text.split('\n').length;
  const limit = isTable(file) ? TABLE_LIMIT : LIMIT;
  if (lines > limit) faults.push(`${file}: ${lines} lines, the limit is ${limit}. Split it by concept.`);
  if (file.startsWith('src/') && !isTable(file)) lengths.push(lines);
  const base = file.slice(file.lastIndexOf('/') + 1);
  if (!/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(base) && !file.endsWith('.py'))
    faults.push(`${file}: file names are kebab-case.`);
  if (file.startsWith('src/') && !file.startsWith('src/platform/') && !/\.test\.ts$/.test(file)) {
    const clock = text.match(
      /\b(Date\.now\(|new Date\(\)|performance\.now\(|setTimeout\(|setInterval\(|process\.hrtime)/,
    );
    if (clock) faults.push(`${file}: ${clock[0]} outside src/platform/. Import the clock from there.`);
    const random = text.match(/\bMath\.random\(/);
    if (random) faults.push(`${file}: Math.random is not seeded. Use src/platform or a seeded generator.`);
  }
}
lengths.sort((a, b) => a - b);
const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
if (median > 150) faults.push(`The median source file has ${median} lines; the aim is under 150.`);

for (const file of files.filter((f) => f.endsWith('.md'))) {
  for (const [, target] of read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)) {
    if (!existsSync(join(root, dirname(file), target)))
      faults.push(`${file}: the link ${target} leads nowhere.`);
  }
}

if (faults.length > 0) {
  console.error(`${faults.join('\n')}\n${faults.length} house rules broken.`);
  process.exit(1);
}
console.error(`house: ${lengths.length} source files, median ${median} lines, all rules hold.`);
