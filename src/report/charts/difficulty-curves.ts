import { type ArmMark, armClass, legend, marker } from './marks.ts';
import { linearScale } from './scale.ts';
import { element, figure, label } from './svg.ts';

export interface DifficultyPoint {
  /** Place on the axis of levels, from 0. */
  readonly place: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly about: string;
}

export interface DifficultyPanel {
  readonly name: string;
  /** Names of the levels from left to right; the last may be `harder`. */
  readonly levels: readonly string[];
  /** Expected score of a guesser at each level. */
  readonly chance: readonly number[];
  readonly lines: readonly {
    readonly arm: ArmMark;
    readonly href: string | null;
    readonly points: readonly DifficultyPoint[];
  }[];
}

export interface DifficultyData {
  readonly title: string;
  readonly arms: readonly ArmMark[];
  readonly panels: readonly DifficultyPanel[];
}

const HEIGHT = 216;
const GAP = 18;

/** Score against level of difficulty, one small figure a domain, all on one scale. Null without panels. */
export function difficultyCurves(data: DifficultyData, size: { readonly width: number }): string | null {
  if (data.panels.length === 0) return null;
  const columns = Math.min(data.panels.length, size.width >= 640 ? 3 : 1);
  const width = (size.width - GAP * (columns - 1)) / columns;
  const key = legend(data.arms, { x: 4, y: 16, width: size.width - 8 });
  const top = key.height + 6;
  const rows = Math.ceil(data.panels.length / columns);
  const drawn = data.panels.map((panel, i) =>
    drawPanel(panel, {
      x: (i % columns) * (width + GAP),
      y: top + Math.floor(i / columns) * HEIGHT,
      width,
    }),
  );
  return figure(
    { width: size.width, height: top + rows * HEIGHT + 20 },
    {
      kind: 'difficulty',
      title: data.title,
      description: `${data.panels.length} domains, ${data.arms.length} arms, 95 % intervals.`,
    },
    key.svg,
    ...drawn,
    label(size.width / 2, top + rows * HEIGHT + 12, 'level of difficulty   (score in %, dashed: guessing)', {
      class: 'tick',
      'text-anchor': 'middle',
    }),
  );
}

function drawPanel(
  panel: DifficultyPanel,
  at: { readonly x: number; readonly y: number; readonly width: number },
): string {
  const [left, right] = [at.x + 30, at.x + at.width - 8];
  const [top, bottom] = [at.y + 26, at.y + HEIGHT - 30];
  const y = linearScale([0, 1], [bottom, top], 4);
  const step = (right - left) / panel.levels.length;
  const x = (place: number) => left + (place + 0.5) * step;
  const grid = y.ticks.map(
    (tick) =>
      element('line', { class: 'grid', x1: left, x2: right, y1: y(tick), y2: y(tick) }) +
      label(left - 6, y(tick) + 4, String(Math.round(100 * tick)), { class: 'tick', 'text-anchor': 'end' }),
  );
  const axis = panel.levels.map(
    (level, place) =>
      label(x(place), bottom + 16, level, { class: 'tick', 'text-anchor': 'middle' }) +
      element('line', {
        class: 'chance',
        x1: x(place) - step / 2,
        x2: x(place) + step / 2,
        y1: y(panel.chance[place] ?? 0),
        y2: y(panel.chance[place] ?? 0),
      }),
  );
  const lines = panel.lines.map((line, i) => {
    // Side by side within a level, so that intervals can be told apart.
    const shift = (i - (panel.lines.length - 1) / 2) * Math.min(7, (0.7 * step) / panel.lines.length);
    return drawLine(line, (place) => x(place) + shift, y);
  });
  return [label(at.x + 2, at.y + 14, panel.name, { class: 'group' }), ...grid, ...axis, ...lines].join('');
}

function drawLine(
  line: DifficultyPanel['lines'][number],
  x: (place: number) => number,
  y: (value: number) => number,
): string {
  const path = line.points.map(({ place, value }) => `${trim(x(place))},${trim(y(value))}`).join(' ');
  const marks = line.points.map((point) => {
    const at = x(point.place);
    return element(
      'g',
      { 'data-tip': point.about, 'aria-label': point.about },
      element(
        'g',
        { class: 'interval' },
        element('line', { x1: at, x2: at, y1: y(point.low), y2: y(point.high) }),
      ),
      marker(line.arm, at, y(point.value), 4),
    );
  });
  return element(
    line.href === null ? 'g' : 'a',
    {
      class: `row strong ${armClass(line.arm)}`,
      'data-arm': line.arm.name,
      'aria-label': `${line.arm.name}: ${line.points.map((point) => point.about).join('; ')}`,
      href: line.href,
    },
    element('polyline', { class: `line dash-${line.arm.index % 4}`, points: path }),
    ...marks,
  );
}

const trim = (value: number): number => Math.round(value * 100) / 100;
