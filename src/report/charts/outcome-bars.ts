import { OUTCOMES } from '../../scoring/score.ts';
import { count } from '../../text/counts.ts';
import type { OutcomeCounts } from '../report.ts';
import { element, figure, label } from './svg.ts';

export interface OutcomeBar {
  readonly arm: string;
  readonly outcomes: OutcomeCounts;
  readonly href: string | null;
}

const BAR = 24;

/** What became of the generated answers of each arm, as shares of a bar of full length. */
export function outcomeBars(
  data: { readonly title: string; readonly bars: readonly OutcomeBar[] },
  size: { readonly width: number },
): string {
  const left = 112;
  const width = size.width - left - 6;
  const shown = OUTCOMES.filter((outcome) => data.bars.some((bar) => bar.outcomes[outcome] > 0));
  let [keyX, keyY] = [0, 14];
  const key = shown.map((outcome) => {
    const name = outcome.replace('_', ' ');
    const wide = 38 + name.length * 7;
    if (keyX > 0 && keyX + wide > size.width) {
      keyX = 0;
      keyY += 20;
    }
    const part =
      element('rect', { class: `outcome ${outcome}`, x: keyX, y: keyY - 10, width: 12, height: 12 }) +
      label(keyX + 18, keyY, name, { class: 'legend' });
    keyX += wide;
    return part;
  });
  const top = keyY + 16;
  const bars = data.bars.map((bar, i) => {
    const y = top + i * (BAR + 8);
    const total = OUTCOMES.reduce((sum, outcome) => sum + bar.outcomes[outcome], 0);
    let x = left;
    const parts = shown.map((outcome) => {
      const number = bar.outcomes[outcome];
      if (number === 0) return '';
      const wide = (number / total) * width;
      const at = x;
      x += wide;
      const text = count(number);
      return (
        element('rect', { class: `outcome ${outcome}`, x: at, y, width: wide, height: BAR }) +
        // A number needs its room; the tooltip has those that are left out.
        (wide > text.length * 8 + 6
          ? label(at + wide / 2, y + 16, text, { class: `inside ${outcome}`, 'text-anchor': 'middle' })
          : '')
      );
    });
    const about = `${bar.arm}: ${shown
      .filter((outcome) => bar.outcomes[outcome] > 0)
      .map((outcome) => `${count(bar.outcomes[outcome])} ${outcome.replace('_', ' ')}`)
      .join(', ')} of ${count(total)} generated answers`;
    return element(
      bar.href === null ? 'g' : 'a',
      { class: 'row', 'data-arm': bar.arm, 'data-tip': about, 'aria-label': about, href: bar.href },
      label(left - 10, y + 16, bar.arm, { class: 'name', 'text-anchor': 'end' }),
      ...parts,
    );
  });
  return figure(
    { width: size.width, height: top + data.bars.length * (BAR + 8) },
    { kind: 'outcomes', title: data.title, description: `${data.bars.length} arms.` },
    ...key,
    ...bars,
  );
}
