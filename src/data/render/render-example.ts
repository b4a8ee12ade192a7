/** From a conversation to examples that fit a packed row, with everything counted that is lost on the way. */
import { UserError } from '../../errors.ts';
import { count } from '../../text/counts.ts';
import type { KeptRow } from '../formats/conversation.ts';
import type { Example, SourceCounts } from '../load-source.ts';
import { nameRow } from '../receipt/named-rows.ts';
import { rowError, type SourceRow } from '../sources/row.ts';
import type { StageSpec, StageTools } from '../stage.ts';
import { sumOf } from '../sum-of.ts';
import { renderText } from './plain-text.ts';
import type { RenderedRow } from './render.ts';
import { renderedRows } from './rendered-rows.ts';
import { FAULT_REASONS, FAULT_WORDS, RowFault } from './row-fault.ts';
import type { NamedTemplate } from './stand-in-template.ts';

export interface RowToRender {
  /** For messages. */
  readonly source: SourceRow;
  /** Its number in the source. */
  readonly row: number;
  readonly converted: KeptRow;
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
    named: {},
    overlong: 0,
    unsupervised: 0,
  };
}

/**
 * The examples of a row: one, or one for each of the rows that its conversation is rendered as. Empty for a row that is
 * dropped: `counts` says why. Throws UserError for one too long where that is an error.
 */
export function renderExamples(
  { source, row, converted }: RowToRender,
  stage: Pick<StageSpec, 'rowLength' | 'overlong' | 'trainOn'>,
  { tokenizer, eosTokens = [] }: Pick<StageTools, 'tokenizer' | 'eosTokens'>,
  template: NamedTemplate,
  counts: SourceCounts,
): readonly Example[] {
  counts.rendered++;
  const rendered = orFault(source, row, counts, () =>
    converted.kind === 'text'
      ? [renderText(converted.text, tokenizer, eosTokens)]
      : renderedRows(converted.messages, template, tokenizer, stage.trainOn ?? 'assistant'),
  );
  if (rendered === null) return [];
  const longest = longestOf(rendered);
  if (longest > stage.rowLength && stage.overlong === 'error') {
    throw rowError(
      source,
      `this row has ${longest} tokens, a packed row ${stage.rowLength}.`,
      'Allow longer rows (max_length in a study, --length on the command line), shorten the row, or let such rows be dropped (overlong: drop, --overlong drop).',
    );
  }
  const truncate = stage.overlong === 'truncate';
  const fitting = rendered.filter(({ ids }) => truncate || ids.length <= stage.rowLength);
  const fits = fitting
    .map((one) => ({ one, ...fitted(one, stage.rowLength) }))
    .filter(({ supervised }) => supervised.includes(1));
  if (fits.length === 0) {
    if (truncate) counts.unsupervised++;
    else {
      counts.overlong++;
      nameRow(counts.named, 'overlong', source, row, { tokens: longest });
    }
    return [];
  }
  const lost = rendered.filter((one) => !fits.some((fit) => fit.one === one));
  const overlongAnswers = lost.reduce((sum, { answers }) => sum + answers.length, 0);
  // An example that goes as a whole is not cut: its answers are named apart.
  const cut = longestOf(fits.map(({ one }) => one));
  if (cut > stage.rowLength) nameRow(counts.named, 'truncated', source, row, { tokens: cut });
  if (overlongAnswers > 0)
    nameRow(counts.named, 'overlong-answer', source, row, {
      tokens: longestOf(lost),
      answers: overlongAnswers,
    });
  return fits.map(({ one, ids, supervised }, index): Example => {
    const last = index === fits.length - 1;
    return {
      ...{ row, ids, supervised, learns: sumOf(supervised), answers: one.answers },
      truncated: truncate && one.ids.length > stage.rowLength,
      expanded: one !== rendered.at(-1),
      rewritten: last ? rendered.at(-1)!.rewritten : 0,
      overlongAnswers: last ? overlongAnswers : 0,
    };
  });
}

/** Tokens of the longest. */
const longestOf = (rows: readonly RenderedRow[]): number =>
  rows.reduce((most, { ids }) => Math.max(most, ids.length), 0);

/** A rendered row, cut at the length of a packed one. */
function fitted({ ids, supervised }: RenderedRow, rowLength: number): Pick<Example, 'ids' | 'supervised'> {
  if (ids.length <= rowLength) return { ids, supervised };
  // Tokens behind the last supervised one cannot change a loss.
  const length = supervised.subarray(0, rowLength).lastIndexOf(1) + 1;
  return { ids: ids.slice(0, length), supervised: supervised.slice(0, length) };
}

/** Counts a faulty row and keeps the first ones for a message. */
function orFault<T>(source: SourceRow, row: number, counts: SourceCounts, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    counts.faults[error.reason]++;
    nameRow(counts.named, error.reason, source, row, { why: error.message });
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
