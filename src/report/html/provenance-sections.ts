import { count } from '../../text/counts.ts';
import { ARM_NOTE } from '../legends.ts';
import { stagesText } from '../mix-text.ts';
import type { Report } from '../report.ts';
import { safe, section, sentences, sortableTable, sourced, stepAnchor } from './markup.ts';
import { note } from './text-table.ts';

/** The arms with what they are for, and how much each was trained. */
export function armSection(report: Report): string {
  const rows = report.arms.map((arm) => ({
    arm: arm.name,
    cells: [
      { html: `<b>${safe(arm.name)}</b>${arm.isBase ? ' <small>base</small>' : ''}` },
      {
        html: `${safe(arm.title)}<br><small>${safe(arm.why)} Controls for: ${safe(arm.controlsFor)} Danger: ${safe(arm.danger)}</small>`,
      },
      arm.from ?? 'the study’s model',
      stagesText(arm),
      {
        html: arm.runs
          .map((run) => sourced(report, count(run.supervisedTokens), run.step === null ? [] : [run.step]))
          .join(', '),
        order: arm.runs[0]?.supervisedTokens ?? 0,
      },
      arm.stages.length === 0 ? '' : arm.matched ? 'yes' : 'no',
    ],
  }));
  const exceptions = report.matched.exceptions.map(({ arm, why }) => `${arm} is not matched: ${why}`);
  return section(
    'arms',
    'Arms, and what was held equal',
    `<p>${safe(report.matched.sentence)}</p>`,
    exceptions.length > 0 ? sentences(exceptions, '') : '',
    sortableTable(
      'Arms',
      ['Arm', 'What it is', 'Starts from', 'Stages', 'Supervised tokens', 'Matched'],
      rows,
    ),
    note(ARM_NOTE),
  );
}

/** Every step with its fingerprint: where the numbers of the page lead to. */
export function stepSection(report: Report): string {
  const rows = report.steps.map(
    (step) =>
      `<tr id="${stepAnchor(step.id)}"><th scope="row">${safe(step.id)}</th><td>${safe(step.kind)}</td><td>${safe(step.label)}</td><td><code>${breakable(step.fingerprint)}</code></td><td>${step.needs
        .map((need) => `<a href="#${stepAnchor(need)}">${safe(need)}</a>`)
        .join(', ')}</td><td><code>${safe(step.folder)}</code></td></tr>`,
  );
  const head = ['Step', 'Kind', 'What', 'Fingerprint', 'Needs', 'Folder']
    .map((name) => `<th scope="col">${name}</th>`)
    .join('');
  return section(
    'steps',
    'Steps behind the numbers',
    `<p>Model ${safe(report.model.name)}, fingerprint <code>${safe(report.model.fingerprint)}</code>. A step with the same fingerprint gives the same result.</p>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="Steps"><table><caption>Steps in the order in which they ran</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
  );
}

/** A long hexadecimal text that may break after every 16 characters, and only there. */
function breakable(fingerprint: string): string {
  return safe(fingerprint).replace(/(.{16})(?=.)/g, '$1<wbr>');
}

export function ruleSection(report: Report): string {
  return section('rules', 'Rules of this report', sentences(report.rules.sentences, ''));
}
