// Writes the documents that are made from the code: docs/benchmarks.md. Tests compare them.
import { writeFileSync } from 'node:fs';

const { benchmarksDocument } = await import('../dist/benchmarks/document.js');
writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), benchmarksDocument());
