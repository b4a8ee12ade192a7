/** From a conversation to an example that fits a packed row, with everything counted that is lost on the way. */
import { UserError } from '../errors.ts';
import { count } from '../text/counts.ts';
import type { Converted } from './formats/conversation.ts';
import type { Example, SourceCounts } from './load-source.ts';
import { renderText } from './plain-text.ts';
import { renderedRow } from './rendered-rows.ts';
import { FAULT_REASONS, FAULT_WORDS, RowFault } from './row-fault.ts';
import { rowError, type SourceRow } from './sources/row.ts';
import type { StageSpec, StageTools } from './stage.ts';
import type { NamedTemplate } from './stand-in-template.ts';

export interface RowToRender {
  /** For messages. */
  readonly source: SourceRow;
  /** Its number in the source. */
  readonly row: number;
  readonly converted: Exclude<Converted, { kind: 'dropped' }>;
}

/** Rows that may be faulty before the whole source is taken to be: one in a hundred. */
const MOST_FAULTS = 0.01;

/** Faulty rows that a message quotes. */
const QUOTED = 3;

export function noCounts(): SourceCounts {
  return {
    emptyAnswers: 0,
    emptyQuestions: 0,
    rendered: 0,
    faults: Object.fromEntries(FAULT_REASONS.map((reason) => [reason, 0])) as SourceCounts['faults'],
    quoted: [],
    overlong: 0,
    truncated: 0,
    cutAnswers: 0,
    turns: 0,
    stopTurns: 0,
    straddled: 0,
    promptDiffers: 0,
    inserted: 0,
    rewritten: 0,
    unsupervised: 0,
  };
}

/** Null for a row that is dropped: `counts` says why. Throws UserError for one too long where that is an error. */
export function renderExample(
  { source, row, converted }: RowToRender,
  stage: Pick<StageSpec, 'rowLength' | 'overlong' | 'trainOn'>,
  { tokenizer, eosTokens = [] }: Pick<StageTools, 'tokenizer' | 'eosTokens'>,
  template: NamedTemplate,
  counts: SourceCounts,
): Example | null {
  counts.rendered++;
  const rendered = orFault(source, counts, () =>
    converted.kind === 'text'
      ? renderText(converted.text, tokenizer, eosTokens)
      : renderedRow(converted.messages, template, tokenizer, stage.trainOn ?? 'assistant'),
  );
  if (rendered === null) return null;
  let { ids, supervised } = rendered;
  if (ids.length > stage.rowLength) {
    if (stage.overlong === 'error') {
      throw rowError(
        source,
        `this row has ${ids.length} tokens, a packed row ${stage.rowLength}.`,
        'Raise max_length, shorten the row, or let such rows be dropped.',
      );
    }
    if (stage.overlong !== 'truncate') {
      counts.overlong++;
      return null;
    }
    counts.truncated++;
    supervised = supervised.slice(0, stage.rowLength);
    // Tokens behind the last supervised one cannot change a loss.
    ids = ids.slice(0, supervised.lastIndexOf(1) + 1);
    supervised = supervised.slice(0, ids.length);
  }
  const learns = supervised.reduce((sum, bit) => sum + bit, 0);
  if (learns === 0) {
    counts.unsupervised++;
    return null;
  }
  const begun = rendered.answers.filter(({ from }) => from < ids.length);
  const whole = begun.filter(({ to }) => to <= ids.length);
  counts.turns += begun.length;
  counts.cutAnswers += begun.length - whole.length;
  counts.stopTurns += whole.filter(({ stops }) => stops).length;
  counts.straddled += rendered.straddled;
  counts.promptDiffers += rendered.promptDiffers;
  counts.inserted += rendered.inserted;
  counts.rewritten += rendered.rewritten;
  return { row, ids, supervised, learns };
}

/** Counts a faulty row and keeps the first ones for a message. */
function orFault<T>(source: SourceRow, counts: SourceCounts, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    counts.faults[error.reason]++;
    if (counts.quoted.length < QUOTED) {
      counts.quoted.push(rowError(source, error.message, error.remedy ?? 'Change the row.'));
    }
    return null;
  }
}

/**
 * Throws UserError when more than one in a hundred of `of` rows are faulty. `of`: the whole source while it is being
 * rendered (then it is certain), the rows that were looked at when that is done.
 */
export function refuseFaults(name: string, counts: SourceCounts, of: number): void {
  const faults = FAULT_REASONS.map((reason) => [reason, counts.faults[reason]] as const).filter(
    ([, rows]) => rows > 0,
  );
  const rows = faults.reduce((sum, [, one]) => sum + one, 0);
  if (rows <= MOST_FAULTS * of) return;
  const [first, ...others] = counts.quoted;
  const reasons = faults.map(([reason, one]) => `${count(one)}: ${FAULT_WORDS[reason]}`).join('; ');
  const more = others.map((error) => `\n  also ${String(error).split('\n')[0]}`).join('');
  throw new UserError(
    `${first?.message ?? ''} ${count(rows)} of the ${count(counts.rendered)} rows of ${name} rendered so far cannot be trained on (${reasons}); more than 1 in 100 may not be left out.${more}`,
    { ...(first?.place ? { place: first.place } : {}), remedy: first?.remedy ?? 'Change these rows.' },
  );
}
