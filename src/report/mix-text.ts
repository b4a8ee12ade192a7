/** The data of an arm's stages in words: sources by share, and how their shares change where they do. */
import type { BySource } from '../data/mixture/mixture.ts';
import { listed } from '../text/counts.ts';
import { courseText } from './course-text.ts';
import type { ReportArm } from './report.ts';

/** `math 50 %, general 50 %`; a stage after another behind an arrow. */
export function stagesText({ stages }: Pick<ReportArm, 'stages'>): string {
  return stages.map(stageMixText).join(' → ') || 'no training';
}

/** Shares that change are means: `math 45 %, general 55 % on average (then: at 0 % of the stage …)`. */
function stageMixText({ mix, mixture, course, bounds = {} }: ReportArm['stages'][number]): string {
  const facts = [
    ...(course ? [courseText(course)] : []),
    ...boundText('at least', bounds.atLeast),
    ...boundText('at most', bounds.atMost),
  ];
  const name = mixture === undefined ? '' : `mixture ${mixture}`;
  const said = [name, facts.join('; ')].filter(Boolean).join(': ');
  return `${mixText(mix)}${course ? ' on average' : ''}${said === '' ? '' : ` (${said})`}`;
}

function boundText(what: string, shares: BySource = {}): string[] {
  const each = Object.entries(shares).map(([source, share]) => `${source} ${percent(share)}`);
  return each.length === 0 ? [] : [`${what} ${listed(each)} at every moment`];
}

function mixText(mix: BySource): string {
  return Object.entries(mix)
    .map(([source, weight]) => `${source} ${percent(weight)}`)
    .join(', ');
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
