import { signed } from '../number-text.ts';
import { type ArmMark, armClass, marker } from './marks.ts';
import { linearScale } from './scale.ts';
import { element, figure, label } from './svg.ts';

export interface ForestRow {
  /** Rows of one group stand together under its name. */
  readonly group: string;
  readonly arm: ArmMark;
  /** A difference and its interval, as shares. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Shown at the right, wide figures only. */
  readonly note: string;
  /** One character, shown after the value. */
  readonly sign: string;
  /** The whole finding in words, for the tooltip and for screen readers. */
  readonly about: string;
  /** Where the number comes from. */
  readonly href: string | null;
  /** False draws the row pale: nothing can be claimed. */
  readonly strong: boolean;
}

export interface ForestData {
  readonly title: string;
  readonly rows: readonly ForestRow[];
  /** Half width of the band around 0 that is too small to matter, as a share. */
  readonly band: number;
  /** What lies left and right of 0; worse and better than the base model when left out. */
  readonly sides?: readonly [left: string, right: string];
}

const ROW = 22;
const HEAD = 26;
const WIDE = 640;

/** Differences with their intervals around a line at 0, grouped: the main figure. Height follows from the rows. */
export function forestPlot(data: ForestData, size: { readonly width: number }): string {
  const wide = size.width >= WIDE;
  const left = wide ? 132 : 104;
  const right = size.width - (wide ? 224 : 58);
  const range = extent(data);
  const x = linearScale(range, [left, right], wide ? 8 : 4);
  const groups = [...new Set(data.rows.map((row) => row.group))];
  const top = 30;
  let y = top;
  const parts: string[] = [];
  for (const group of groups) {
    parts.push(label(0, y + 17, group, { class: 'group' }));
    parts.push(element('line', { class: 'rule', x1: 0, x2: size.width, y1: y, y2: y }));
    y += HEAD;
    for (const row of data.rows.filter((candidate) => candidate.group === group)) {
      parts.push(drawRow(row, x, y + ROW / 2 - 2, left, right, wide));
      y += ROW;
    }
    y += 6;
  }
  const bottom = y;
  const axis = x.ticks.map(
    (tick) =>
      element('line', {
        class: tick === 0 ? 'zero' : 'grid',
        x1: x(tick),
        x2: x(tick),
        y1: top,
        y2: bottom,
      }) + label(x(tick), bottom + 16, tickText(tick), { class: 'tick', 'text-anchor': 'middle' }),
  );
  const band = element('rect', {
    class: 'band',
    x: x(-data.band),
    y: top,
    width: x(data.band) - x(-data.band),
    height: bottom - top,
  });
  const [worse, better] = data.sides ?? ['worse than the base model', 'better than the base model'];
  // The first word has room on narrow screens.
  const short = (text: string) => (wide ? text : (text.split(' ')[0] as string));
  const sides =
    label(x(0) - 8, 18, `← ${short(worse)}`, { class: 'side', 'text-anchor': 'end' }) +
    label(x(0) + 8, 18, `${short(better)} →`, { class: 'side' });
  const unit = label((left + right) / 2, bottom + 34, 'points of score', {
    class: 'tick',
    'text-anchor': 'middle',
  });
  return figure(
    { width: size.width, height: bottom + 42 },
    {
      kind: 'forest',
      title: data.title,
      description: `${data.rows.length} differences${data.sides ? '' : ' to the base model'} with 95 % intervals.`,
    },
    band,
    ...axis,
    sides,
    unit,
    ...parts,
  );
}

/** From the lowest to the highest end, always with 0 and the band. */
function extent(data: ForestData): [number, number] {
  const ends = data.rows.flatMap((row) => [row.low, row.high]);
  return [Math.min(-data.band, ...ends), Math.max(data.band, ...ends)];
}

const tickText = (tick: number) => signed(tick).replace(/\.0$/, '');

function drawRow(
  row: ForestRow,
  x: (value: number) => number,
  y: number,
  left: number,
  right: number,
  wide: boolean,
): string {
  const whisker = (at: number) => element('line', { x1: x(at), x2: x(at), y1: y - 4, y2: y + 4 });
  const marks = element(
    'g',
    { class: 'interval' },
    element('line', { x1: x(row.low), x2: x(row.high), y1: y, y2: y }),
    whisker(row.low),
    whisker(row.high),
  );
  const text = `${signed(row.value)} ${row.sign}`;
  const content = [
    element('rect', { class: 'hit', x: 0, y: y - ROW / 2, width: right + (wide ? 224 : 58), height: ROW }),
    label(left - 10, y + 4, row.arm.name, { class: 'name', 'text-anchor': 'end' }),
    marks,
    marker(row.arm, x(row.value), y),
    label(right + (wide ? 56 : 54), y + 4, text, { class: 'value', 'text-anchor': 'end' }),
    ...(wide ? [label(right + 68, y + 4, row.note, { class: 'note' })] : []),
  ];
  return element(
    row.href === null ? 'g' : 'a',
    {
      class: `row ${armClass(row.arm)}${row.strong ? ' strong' : ''}`,
      'data-arm': row.arm.name,
      'data-tip': row.about,
      'aria-label': row.about,
      href: row.href,
    },
    ...content,
  );
}
