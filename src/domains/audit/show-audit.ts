/** The audit of the domains for people. */
import { counted } from '../../text/counts.ts';
import { textTable } from '../../text/text-table.ts';
import { DOMAINS } from '../domains.ts';
import type { Cohesion, DomainAudit, Interval } from './audit.ts';
import type { FoundModels } from './read-models.ts';
import { LEAST_GROUPS } from './verdict.ts';

const number = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '-');
const range = ({ low, high }: Interval): string =>
  Number.isFinite(low) ? `${number(low)} to ${number(high)}` : '-';

/** `merged`: folders of a model that another folder holds as well. */
export function showAudit(audit: DomainAudit, merged: FoundModels['merged'] = []): string {
  const parts = [head(audit), picture(audit), table(audit)];
  if (audit.general !== null)
    parts.push(
      `One general factor explains ${Math.round(100 * audit.general.value)} % of how the models differ ` +
        `(${range(audit.general)}): the more, the less is left for domains.`,
    );
  parts.push(leftText(audit.left, merged));
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What did not come in, and why; empty where all did. */
export function leftText(left: DomainAudit['left'], merged: FoundModels['merged']): string {
  const same = merged.map(({ folder, as }) => `  ${folder}: the same model as ${as}`);
  return [
    ...(same.length > 0 ? [`Counted once:\n${same.join('\n')}`] : []),
    ...(left.length > 0 ? [`Left out:\n${left.map(({ name, why }) => `  ${name}: ${why}`).join('\n')}`] : []),
  ].join('\n\n');
}

function head({ models, groups, measures, whole }: DomainAudit): string {
  const alike = groups < models ? ` (${groups} independent: seeds of one arm count once)` : '';
  const what = `${counted(models, 'model')}${alike}, ${counted(measures.length, 'measure')} of ${counted(
    new Set(measures.map(({ domain }) => domain)).size,
    'domain',
  )}.`;
  if (whole === null)
    return `${what}\nNothing to compare: a domain needs two benchmarks of different makings, and another domain beside it.`;
  const { verdict, why } = whole;
  return `${what}\nThe domains: ${verdict}. ${why}${groups < LEAST_GROUPS ? ' The figures below are no evidence.' : ''}`;
}

/** Mean correlations of the pairs of two domains. */
function picture({ between }: DomainAudit): string {
  const domains = DOMAINS.filter((domain) => between.some(({ a, b }) => a === domain || b === domain));
  if (domains.length === 0) return '';
  const cell = (a: string, b: string): string => {
    const found = between.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a));
    return found === undefined ? '.' : number(found.value);
  };
  const rows = domains.map((a, row) => [
    `  ${a}`,
    ...domains.map((b, column) => (column <= row ? cell(a, b) : '')),
  ]);
  const numbers = new Set(domains.map((_, at) => at + 1));
  const lines = textTable([['', ...domains], ...rows], numbers).join('\n');
  return `Mean correlation across models, freed from the noise of the items (inside a domain on the diagonal):\n${lines}`;
}

function table({ whole, domains }: DomainAudit): string {
  if (whole === null) return '';
  const row = (name: string, { difference, by_form, p, verdict }: Cohesion): string[] => [
    `  ${name}`,
    number(difference.value),
    range(difference),
    number(by_form),
    p.toFixed(3),
    verdict,
  ];
  const rows = DOMAINS.flatMap((domain) => {
    const one = domains[domain];
    return one === undefined ? [] : [row(domain, one)];
  });
  const columns = ['', 'inside - outside', '95 % interval', 'by form alone', 'p', 'verdict'];
  const lines = textTable([columns, ...rows, row('all', whole)], new Set([1, 2, 3, 4])).join('\n');
  return `How much more benchmarks of a domain correlate with each other than with others:\n${lines}`;
}
