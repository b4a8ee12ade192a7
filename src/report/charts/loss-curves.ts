import { type ArmMark, armClass, legend } from './marks.ts';
import { linearScale } from './scale.ts';
import { element, figure, label } from './svg.ts';

export interface LossLine {
  readonly arm: ArmMark;
  readonly seed: number | null;
  /** Mean loss in nats of each optimizer step, in order. */
  readonly losses: readonly number[];
  readonly href: string | null;
}

/** Training loss of every arm and seed against the optimizer step. Null when nothing was trained. */
export function lossCurves(
  data: { readonly title: string; readonly lines: readonly LossLine[] },
  size: { readonly width: number; readonly height: number },
): string | null {
  const lines = data.lines.filter((line) => line.losses.length > 0);
  if (lines.length === 0) return null;
  const arms = [...new Map(lines.map((line) => [line.arm.name, line.arm])).values()];
  const key = legend(arms, { x: 44, y: 14, width: size.width - 52 });
  const [left, right, top, bottom] = [44, size.width - 14, key.height + 8, size.height - 40];
  const all = lines.flatMap((line) => line.losses);
  const steps = Math.max(...lines.map((line) => line.losses.length));
  const x = linearScale([0, steps], [left, right], size.width > 500 ? 8 : 4);
  const y = linearScale([Math.min(...all), Math.max(...all)], [bottom, top], 5);
  const grid = y.ticks.map(
    (tick) =>
      element('line', { class: 'grid', x1: left, x2: right, y1: y(tick), y2: y(tick) }) +
      label(left - 6, y(tick) + 4, String(tick), { class: 'tick', 'text-anchor': 'end' }),
  );
  const axis = x.ticks.map((tick) =>
    label(x(tick), bottom + 16, String(tick), { class: 'tick', 'text-anchor': 'middle' }),
  );
  const drawn = lines.map((line) => {
    const points = line.losses.map((loss, i) => `${trim(x(i + 1))},${trim(y(loss))}`).join(' ');
    const last = line.losses.at(-1) as number;
    const about = `${line.arm.name}${line.seed === null ? '' : `, seed ${line.seed}`}: loss from ${line.losses[0]?.toFixed(3)} to ${last.toFixed(3)} nats in ${line.losses.length} steps`;
    return element(
      line.href === null ? 'g' : 'a',
      {
        class: `row ${armClass(line.arm)}`,
        'data-arm': line.arm.name,
        'data-tip': about,
        'aria-label': about,
        href: line.href,
      },
      element('polyline', { class: 'hit-line', points }),
      element('polyline', { class: `line dash-${line.arm.index % 4}`, points }),
    );
  });
  return figure(
    size,
    { kind: 'losses', title: data.title, description: `${lines.length} training runs over ${steps} steps.` },
    ...grid,
    ...axis,
    key.svg,
    label((left + right) / 2, bottom + 34, 'optimizer step', { class: 'tick', 'text-anchor': 'middle' }),
    label(left - 38, top - 10, 'nats', { class: 'tick' }),
    ...drawn,
  );
}

const trim = (value: number): number => Math.round(value * 100) / 100;
