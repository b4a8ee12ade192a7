import { signed } from '../number-text.ts';
import { type ArmMark, armClass, marker } from './marks.ts';
import { linearScale } from './scale.ts';
import { element, figure, label } from './svg.ts';

interface Range {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface GainPoint {
  readonly arm: ArmMark;
  readonly gain: Range;
  readonly kept: Range;
  readonly about: string;
  readonly href: string | null;
}

/**
 * What each arm gained (across) against what it kept (upwards), both as differences to the base model with their
 * intervals. Good is up and to the right. Null when there is nothing to draw.
 */
export function gainForgetting(
  data: {
    readonly title: string;
    readonly across: string;
    readonly upwards: string;
    readonly points: readonly GainPoint[];
  },
  size: { readonly width: number; readonly height: number },
): string | null {
  if (data.points.length === 0) return null;
  const [left, right, top, bottom] = [52, size.width - 16, 26, size.height - 44];
  const ends = (pick: (point: GainPoint) => Range) =>
    [
      Math.min(0, ...data.points.map((p) => pick(p).low)),
      Math.max(0, ...data.points.map((p) => pick(p).high)),
    ] as const;
  const x = linearScale(
    ends((p) => p.gain),
    [left, right],
    size.width > 500 ? 6 : 4,
  );
  const y = linearScale(
    ends((p) => p.kept),
    [bottom, top],
    6,
  );
  const text = (tick: number) => signed(tick).replace(/\.0$/, '');
  const grid = [
    ...x.ticks.map(
      (tick) =>
        element('line', {
          class: tick === 0 ? 'zero' : 'grid',
          x1: x(tick),
          x2: x(tick),
          y1: top,
          y2: bottom,
        }) + label(x(tick), bottom + 16, text(tick), { class: 'tick', 'text-anchor': 'middle' }),
    ),
    ...y.ticks.map(
      (tick) =>
        element('line', {
          class: tick === 0 ? 'zero' : 'grid',
          x1: left,
          x2: right,
          y1: y(tick),
          y2: y(tick),
        }) + label(left - 6, y(tick) + 4, text(tick), { class: 'tick', 'text-anchor': 'end' }),
    ),
  ];
  const points = data.points.map((point) => {
    const [cx, cy] = [x(point.gain.value), y(point.kept.value)];
    const toTheLeft = cx > (left + right) / 2 + 40;
    return element(
      point.href === null ? 'g' : 'a',
      {
        class: `row ${armClass(point.arm)}`,
        'data-arm': point.arm.name,
        'data-tip': point.about,
        'aria-label': point.about,
        href: point.href,
      },
      element(
        'g',
        { class: 'interval' },
        element('line', { x1: x(point.gain.low), x2: x(point.gain.high), y1: cy, y2: cy }),
        element('line', { x1: cx, x2: cx, y1: y(point.kept.low), y2: y(point.kept.high) }),
      ),
      marker(point.arm, cx, cy, 6),
      label(cx + (toTheLeft ? -10 : 10), cy - 9, point.arm.name, {
        class: 'name halo',
        'text-anchor': toTheLeft ? 'end' : 'start',
      }),
    );
  });
  return figure(
    size,
    { kind: 'scatter', title: data.title, description: `${data.points.length} arms with 95 % intervals.` },
    ...grid,
    label((left + right) / 2, bottom + 36, `${data.across} →`, { class: 'side', 'text-anchor': 'middle' }),
    label(4, 14, `↑ ${data.upwards}`, { class: 'side' }),
    ...points,
  );
}
