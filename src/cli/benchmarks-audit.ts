import type { Command } from 'commander';
import { familyOf } from '../benchmarks/describe.ts';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { auditDomains } from '../domains/audit/audit.ts';
import { buildPanel, type Panel, type Placed } from '../domains/audit/panel.ts';
import { type FoundModels, readModels } from '../domains/audit/read-models.ts';
import { leftText, showAudit } from '../domains/audit/show-audit.ts';
import { LEAST_GROUPS, LEAST_MODELS } from '../domains/audit/verdict.ts';
import { UserError } from '../errors.ts';
import { printLine } from '../platform/terminal.ts';
import { counted } from '../text/counts.ts';
import { examplesText } from './examples-text.ts';
import { numberOption } from './number-option.ts';

/** `carryover benchmarks audit RUN...`: whether the domains hold together in the scores of evaluated models. */
export function auditSubcommand(parent: Command): void {
  parent
    .command('audit')
    .description(
      'Whether items of one domain correlate more with each other than with other domains, over evaluated models',
    )
    .argument('<runs...>', 'run folders, and folders that "carryover eval --out" wrote')
    .option('--seed <n>', 'of the resampling', numberOption('--seed', { least: 0, integer: true }), 0)
    .option('--json', 'print as JSON, with every pair of benchmarks')
    .addHelpText(
      'after',
      examplesText([
        'carryover benchmarks audit runs/first runs/second',
        'carryover benchmarks audit results/*    # a folder for each model, the same benchmarks in all',
      ]),
    )
    .action(act);
}

async function act(
  folders: readonly string[],
  own: { readonly seed: number; readonly json?: boolean },
  command: Command,
): Promise<void> {
  // An option that the command above knows as well is taken there.
  const { seed, json } = { ...own, ...(command.optsWithGlobals() as { seed: number; json?: boolean }) };
  const found = await readModels(folders);
  const { merged } = found;
  const panel = buildPanel(found.scores, (name) => found.own.get(name) ?? placed(name), LEAST_GROUPS);
  const left = [...found.left, ...panel.left];
  if (found.scores.length < LEAST_MODELS) throw tooFew(found.scores.length, left, merged);
  if (panel.models.length < LEAST_MODELS || panel.measures.length === 0)
    throw new UserError(
      `There is no benchmark that ${LEAST_MODELS} of these models have answered.${told(left, merged)}`,
      { remedy: 'Evaluate the models on the same benchmarks, such as --suite quick.' },
    );
  const audit = auditDomains({ ...panel, left }, { seed });
  printLine(json ? JSON.stringify({ ...audit, merged }, null, 2) : showAudit(audit, merged));
}

function tooFew(models: number, left: Panel['left'], merged: FoundModels['merged']): UserError {
  return new UserError(
    `An audit looks at how models differ: at least ${LEAST_MODELS} are needed, and ${LEAST_GROUPS} independent ones for a verdict. ` +
      `${counted(models, 'model')} found.${told(left, merged)}`,
    { remedy: 'Name the folders of more models, evaluated on the same benchmarks, such as --suite quick.' },
  );
}

const told = (left: Panel['left'], merged: FoundModels['merged']): string => {
  const text = leftText(left, merged);
  return text === '' ? '' : `\n${text}`;
};

/** Other splits of a procedural task are the same task once more. */
function placed(name: string): Placed | undefined {
  const one = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
  if (one === undefined || 'variantOf' in one) return undefined;
  return { domain: one.domain, kind: one.kind, family: familyOf(one) };
}
