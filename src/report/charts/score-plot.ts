import { type ArmMark, armClass, legend, marker } from './marks.ts';
import { linearScale } from './scale.ts';
import { element, figure, label } from './svg.ts';

export interface ScoreDot {
  readonly arm: ArmMark;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly about: string;
  readonly href: string | null;
}

export interface ScoreGroup {
  readonly name: string;
  readonly detail: string;
  /** Expected score of a guesser. */
  readonly chance: number;
  readonly dots: readonly ScoreDot[];
}

export interface ScoreData {
  readonly title: string;
  readonly arms: readonly ArmMark[];
  readonly groups: readonly ScoreGroup[];
}

const LANE = 12;
const WIDE = 640;

/** The score of every arm on every benchmark with its interval, and a dashed line where guessing would be. */
export function scorePlot(data: ScoreData, size: { readonly width: number }): string {
  const wide = size.width >= WIDE;
  const left = wide ? 250 : 8;
  const x = linearScale([0, 1], [left, size.width - 14], wide ? 10 : 5);
  const key = legend(data.arms, { x: 4, y: 16, width: size.width - 8 });
  const top = key.height + 8;
  let y = top;
  const parts: string[] = [];
  for (const group of data.groups) {
    const head = wide ? 0 : 34;
    const height = Math.max(wide ? 40 : 0, group.dots.length * LANE + 8);
    parts.push(element('line', { class: 'rule', x1: 0, x2: size.width, y1: y, y2: y }));
    parts.push(label(4, y + 17, group.name, { class: 'group' }));
    parts.push(label(4, y + 32, group.detail, { class: 'detail' }));
    const start = y + head + (height - group.dots.length * LANE) / 2;
    parts.push(
      element('line', {
        class: 'chance',
        x1: x(group.chance),
        x2: x(group.chance),
        y1: y + head + 2,
        y2: y + head + height - 2,
      }),
    );
    group.dots.forEach((dot, i) => {
      parts.push(drawDot(dot, x, start + (i + 0.5) * LANE));
    });
    y += head + height + 4;
  }
  const axis = x.ticks.map(
    (tick) =>
      element('line', { class: 'grid', x1: x(tick), x2: x(tick), y1: top, y2: y }) +
      label(x(tick), y + 16, String(Math.round(tick * 100)), { class: 'tick', 'text-anchor': 'middle' }),
  );
  const unit = label((left + size.width) / 2, y + 34, 'score, %   (dashed: guessing)', {
    class: 'tick',
    'text-anchor': 'middle',
  });
  return figure(
    { width: size.width, height: y + 42 },
    {
      kind: 'scores',
      title: data.title,
      description: `${data.groups.length} benchmarks, ${data.arms.length} arms, 95 % intervals.`,
    },
    ...axis,
    key.svg,
    unit,
    ...parts,
  );
}

function drawDot(dot: ScoreDot, x: (value: number) => number, y: number): string {
  return element(
    dot.href === null ? 'g' : 'a',
    {
      class: `row ${armClass(dot.arm)}`,
      'data-arm': dot.arm.name,
      'data-tip': dot.about,
      'aria-label': dot.about,
      href: dot.href,
    },
    element('rect', { class: 'hit', x: x(0), y: y - LANE / 2, width: x(1) - x(0), height: LANE }),
    element('g', { class: 'interval' }, element('line', { x1: x(dot.low), x2: x(dot.high), y1: y, y2: y })),
    marker(dot.arm, x(dot.value), y, 4),
  );
}
