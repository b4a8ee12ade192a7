/** Rows token by token in the terminal. Colours repeat what marks say: nothing is lost without them. */
import { count, counted } from '../../text/counts.ts';
import { type Style, styled } from '../../text/styles.ts';
import { cells, visible } from '../../text/visible.ts';
import { wrapped } from '../../text/wrapped.ts';
import {
  roleCounts,
  SHOWN_ROLES,
  type ShownDocument,
  type ShownRole,
  type ShownRow,
  type ShownToken,
  type TokenRun,
  tokenRuns,
} from './shown-row.ts';

export interface TextLook {
  /** Cells of a line. */
  readonly width: number;
  readonly colours: boolean;
  /** Each token with its id. */
  readonly ids?: boolean;
}

const ROLE_STYLES: Readonly<Record<ShownRole, Style>> = {
  header: 'gray',
  system: 'magenta',
  user: 'blue',
  tool: 'cyan',
  inserted: 'gray',
  assistant: 'green',
  text: 'green',
  stop: 'yellow',
  unknown: 'white',
};

/** What each role means, for legends. */
export const ROLE_WORDS: Readonly<Record<ShownRole, string>> = {
  header: 'what the chat template writes around the texts: no character of theirs is in it',
  system: 'the system’s text',
  user: 'the user’s text',
  tool: 'a tool’s text',
  inserted: 'what the template writes before an answer and the prompt for it lacks: never supervised',
  assistant: 'the assistant’s text',
  text: 'plain text, no conversation',
  stop: 'what ends an answer',
  unknown: 'not known: packed rows keep no roles, and the source is not at hand; or the row is left out',
};

const SUPERVISED = '*';
const BORDER = '│';
/** Of the marks, positions and roles before the tokens. */
const MARGIN = 19;
const LEAST_WIDTH = 20;

/** One row: its counts, each document with its tokens, and the padding. `title`: what it is called. */
export function rowText(row: ShownRow, title: string, look: TextLook): string[] {
  const packed = row.padding > 0 || row.documents.length > 1;
  // A row of a source is one document, whose title says it all.
  const lines = packed ? [paint(look, title, 'bold'), ...countLines(row)] : [];
  let place = 0;
  for (const [index, document] of row.documents.entries()) {
    const of = packed ? `document ${index + 1} of ${row.documents.length}: ` : '';
    lines.push(rule(`${of}${documentText(document)}${packed ? placesText(place, document) : ''}`, look));
    if (!packed) lines.push(...countLines(row));
    lines.push(...tokenRuns(document.tokens).flatMap((run) => runLines(run, look)));
    const hidden = document.length - document.tokens.length;
    if (hidden > 0) lines.push(`${' '.repeat(MARGIN)}... ${counted(hidden, 'more token')}`);
    place += document.length;
  }
  if (row.padding > 0) {
    const to = place + row.padding - 1;
    lines.push(
      rule(`padding: places ${place} to ${to}, ${counted(row.padding, 'token')}, never supervised`, look),
    );
  }
  return lines;
}

/** What marks, signs and colours mean; only roles that occur in the rows. */
export function legendText(rows: readonly ShownRow[], look: TextLook): string[] {
  const shown = new Set(rows.flatMap((row) => roleCounts(row).map(({ role }) => role)));
  // Of rows that are left out no token is shown.
  if (shown.size === 0) return [];
  const packed = rows.some((row) => row.documents.length > 1 || row.padding > 0);
  const signs = [
    `${BORDER} border of two tokens; the number before a line is the position id of its first token`,
    '· space  ⏎ line feed  ⇥ tab  ◌ first part of a character that lies in several tokens',
    ...(packed ? ['── border of packed documents: no token sees across it, and positions begin again'] : []),
  ];
  return [
    `${paint(look, SUPERVISED, 'underline')} supervised: the model learns to write these tokens`,
    ...signs.flatMap((sign) => wrapped(sign, look.width)),
    ...SHOWN_ROLES.filter((role) => shown.has(role)).map(
      (role) => `${paint(look, role.padEnd(9), ROLE_STYLES[role])} ${ROLE_WORDS[role]}`,
    ),
  ];
}

/** `gsm8k row 17, epoch 1, 143 tokens, 61 supervised`. */
export function documentText({ source, row, epoch, length, tokens, note }: ShownDocument): string {
  const supervised = tokens.filter((token) => token.supervised).length;
  const learns = length > tokens.length ? '' : `, ${count(supervised)} supervised`;
  const pass = epoch === undefined ? '' : `, epoch ${epoch}`;
  const size = length === 0 ? '' : `, ${counted(length, 'token')}${learns}`;
  return `${source} row ${count(row)}${pass}${size}${note === undefined ? '' : `: ${note}`}`;
}

/** The place in the row, where positions do not tell it. */
function placesText(place: number, { length }: ShownDocument): string {
  return `; places ${place} to ${place + length - 1}, positions from 0`;
}

/** `142 tokens: header 12, user 69, assistant 60 (60 supervised), stop 1 (1 supervised)`. */
function countLines(row: ShownRow): string[] {
  const counts = roleCounts(row);
  if (counts.length === 0) return [];
  const parts = counts.map(
    ({ role, tokens, supervised }) =>
      `${role} ${count(tokens)}${supervised > 0 ? ` (${count(supervised)} supervised)` : ''}`,
  );
  const all = counts.reduce((sum, { tokens }) => sum + tokens, 0);
  return [`${counted(all, 'token')}: ${parts.join(', ')}`];
}

/** A title in a line across the terminal. */
function rule(title: string, look: TextLook): string {
  const text = `── ${title} `;
  return paint(look, text + '─'.repeat(Math.max(2, look.width - cells(text))), 'dim');
}

function runLines(run: TokenRun, look: TextLook): string[] {
  const room = Math.max(LEAST_WIDTH, look.width - MARGIN);
  const lines: string[] = [];
  let shown: string[] = [];
  let used = 0;
  let from = run.from;
  const flush = (): void => {
    const role = lines.length === 0 ? paint(look, run.role.padEnd(9), ROLE_STYLES[run.role]) : ' '.repeat(9);
    const mark = run.supervised ? SUPERVISED : ' ';
    lines.push(`${mark} ${String(from).padStart(5)}  ${role} ${shown.join(paint(look, BORDER, 'dim'))}`);
  };
  for (const [index, token] of run.tokens.entries()) {
    const text = tokenText(token, look);
    const width = cells(text) + 1;
    if (shown.length > 0 && used + width > room) {
      flush();
      shown = [];
      used = 0;
      from = run.from + index;
    }
    shown.push(
      paint(
        look,
        text,
        ROLE_STYLES[run.role],
        ...(run.supervised ? (['underline'] as const) : []),
        ...(token.special ? (['bold'] as const) : []),
      ),
    );
    used += width;
  }
  flush();
  return lines;
}

function tokenText({ id, text }: ShownToken, { ids }: TextLook): string {
  const shown = text === '' ? '◌' : visible(text);
  return ids ? `${shown} ${id}` : shown;
}

function paint({ colours }: TextLook, text: string, ...styles: readonly Style[]): string {
  return colours ? styled(text, ...styles) : text;
}
