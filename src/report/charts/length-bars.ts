import { count } from '../../text/counts.ts';
import { linearScale } from './scale.ts';
import { element, figure, label } from './svg.ts';

export interface LengthBin {
  /** Examples of more tokens than the bin before, up to and including so many. */
  readonly upTo: number;
  readonly examples: number;
}

const HEIGHT = 180;

/** How many examples of a stage are how long. Null where there are none. */
export function lengthBars(
  data: { readonly title: string; readonly bins: readonly LengthBin[] },
  size: { readonly width: number },
): string | null {
  const all = data.bins.reduce((sum, bin) => sum + bin.examples, 0);
  if (all === 0) return null;
  const [left, right, top, bottom] = [52, size.width - 8, 14, HEIGHT - 40];
  const most = Math.max(...data.bins.map((bin) => bin.examples));
  const y = linearScale([0, most], [bottom, top], 4);
  const step = (right - left) / data.bins.length;
  const grid = y.ticks
    .filter(Number.isInteger)
    .map(
      (tick) =>
        element('line', { class: 'grid', x1: left, x2: right, y1: y(tick), y2: y(tick) }) +
        label(left - 6, y(tick) + 4, count(tick), { class: 'tick', 'text-anchor': 'end' }),
    );
  const bars = data.bins.map(({ upTo, examples }, index) => {
    const x = left + index * step;
    const about = `${count(examples)} examples of ${index === 0 ? 'up to' : `more than ${count(data.bins[index - 1]!.upTo)}, up to`} ${count(upTo)} tokens`;
    return element(
      'g',
      { class: 'row arm-1', 'data-tip': about, 'aria-label': about },
      element('rect', {
        class: 'mark',
        x: x + 2,
        y: y(examples),
        width: Math.max(1, step - 4),
        height: bottom - y(examples),
      }),
      label(x + step / 2, bottom + 16, count(upTo), { class: 'tick', 'text-anchor': 'middle' }),
    );
  });
  return figure(
    { width: size.width, height: HEIGHT },
    { kind: 'lengths', title: data.title, description: `${count(all)} examples by length.` },
    ...grid,
    ...bars,
    label((left + right) / 2, bottom + 34, 'tokens, up to', { class: 'tick', 'text-anchor': 'middle' }),
  );
}
