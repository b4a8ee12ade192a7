import { join } from 'node:path';

import { BENCHMARKS } from '../benchmarks/index.ts';
import { writeAtomic } from '../platform/files.ts';
import { buildReport } from './build-report.ts';
import { findDisagreements } from './html/disagreements.ts';
import { loadPageAssets } from './html/page-assets.ts';
import { reportHtml } from './html/report-html.ts';
import { readRun, readStageRows } from './read-run.ts';
import type { Report } from './report.ts';
import type { BenchmarkInfo } from './report-input.ts';
import { reportJson } from './report-json.ts';
import { reportMarkdown } from './report-markdown.ts';

export interface WrittenReport {
  readonly report: Report;
  /** Absolute or relative as the run folder was given. */
  readonly json: string;
  readonly markdown: string;
  readonly html: string;
}

/**
 * Builds the report of a run folder from its facts and stored samples and writes report.json, report.md and
 * report/index.html into it. Can be run again at any time; equal samples give equal bytes.
 * @throws UserError when the folder is no run or its samples do not fit together.
 */
export async function writeReport(
  runFolder: string,
  known: Readonly<Record<string, BenchmarkInfo>> = BENCHMARKS,
): Promise<WrittenReport> {
  const input = await readRun(runFolder, known);
  const text = reportJson(buildReport(input));
  // Page and Markdown show the rounded numbers of report.json, so all three agree to the last digit.
  const report = JSON.parse(text) as Report;
  const page = reportHtml(
    report,
    findDisagreements(input),
    await loadPageAssets(),
    await readStageRows(runFolder, input.facts),
  );
  const written = {
    report,
    json: join(runFolder, 'report.json'),
    markdown: join(runFolder, 'report.md'),
    html: join(runFolder, 'report', 'index.html'),
  };
  await writeAtomic(written.json, text);
  await writeAtomic(written.markdown, reportMarkdown(report));
  await writeAtomic(written.html, page);
  return written;
}
