/** A study carried out and its result printed, for the commands that do so. */
import { join } from 'node:path';
import { readText } from '../platform/files.ts';
import { printLine, sayLine } from '../platform/terminal.ts';
import type { Report } from '../report/report.ts';
import { summariseReport } from '../report/summarise-report.ts';
import { type RunRequest, runStudy } from '../study/run-study.ts';

/** Prints the summary and where the report is, unless events are printed as JSON. Returns the page's path. */
export async function carryOut(request: RunRequest): Promise<string> {
  const { folder, wasFinished } = await runStudy(request);
  const page = join(folder, 'report', 'index.html');
  if (request.json) return page;
  if (wasFinished) sayLine('This run is finished; nothing was left to do.');
  const report = JSON.parse(await readText(join(folder, 'report.json'))) as Report;
  printLine(`${summariseReport(report)}\n\nReport: ${page}`);
  return page;
}
