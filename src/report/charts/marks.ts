import { element, label } from './svg.ts';

/** How an arm is drawn: a colour class and a shape, so that it can be told apart without colour. */
export interface ArmMark {
  readonly name: string;
  /** Position in the study, from 0; the base model's is 0. */
  readonly index: number;
}

const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross', 'down', 'bar', 'plus'] as const;
/** Colours of the style sheet; arms beyond repeat them with other shapes. */
export const COLOURS = 8;

export const armClass = (arm: ArmMark): string => `arm-${arm.index % COLOURS}`;

/** The arm's marker with its centre at x, y and about `2 · radius` across. */
export function marker(arm: ArmMark, x: number, y: number, radius = 5): string {
  const shape = SHAPES[arm.index % SHAPES.length] as (typeof SHAPES)[number];
  const path = (points: readonly (readonly [number, number])[]) =>
    element('polygon', {
      class: 'mark',
      points: points.map(([dx, dy]) => `${trim(x + dx * radius)},${trim(y + dy * radius)}`).join(' '),
    });
  switch (shape) {
    case 'circle':
      return element('circle', { class: 'mark', cx: x, cy: y, r: radius * 0.95 });
    case 'square':
      return path([
        [-0.85, -0.85],
        [0.85, -0.85],
        [0.85, 0.85],
        [-0.85, 0.85],
      ]);
    case 'triangle':
      return path([
        [0, -1.15],
        [1.05, 0.8],
        [-1.05, 0.8],
      ]);
    case 'diamond':
      return path([
        [0, -1.2],
        [1.2, 0],
        [0, 1.2],
        [-1.2, 0],
      ]);
    case 'down':
      return path([
        [0, 1.15],
        [1.05, -0.8],
        [-1.05, -0.8],
      ]);
    case 'bar':
      return path([
        [-0.4, -1.2],
        [0.4, -1.2],
        [0.4, 1.2],
        [-0.4, 1.2],
      ]);
    case 'cross':
      return path([
        [-1, -0.5],
        [-0.5, -1],
        [0, -0.5],
        [0.5, -1],
        [1, -0.5],
        [0.5, 0],
        [1, 0.5],
        [0.5, 1],
        [0, 0.5],
        [-0.5, 1],
        [-1, 0.5],
        [-0.5, 0],
      ]);
    case 'plus':
      return path([
        [-0.4, -1.1],
        [0.4, -1.1],
        [0.4, -0.4],
        [1.1, -0.4],
        [1.1, 0.4],
        [0.4, 0.4],
        [0.4, 1.1],
        [-0.4, 1.1],
        [-0.4, 0.4],
        [-1.1, 0.4],
        [-1.1, -0.4],
        [-0.4, -0.4],
      ]);
  }
}

const trim = (value: number): number => Math.round(value * 100) / 100;

/** A row of markers with names, wrapped to the width. Returns the SVG and the height it takes. */
export function legend(
  arms: readonly ArmMark[],
  origin: { readonly x: number; readonly y: number; readonly width: number },
): { readonly svg: string; readonly height: number } {
  let [x, y] = [origin.x, origin.y];
  const parts = arms.map((arm) => {
    // About 7 px a character at the style sheet's size; there is no measuring without a browser.
    const wide = 36 + arm.name.length * 7;
    if (x > origin.x && x + wide > origin.x + origin.width) {
      x = origin.x;
      y += 20;
    }
    const part = element(
      'g',
      { class: armClass(arm), 'data-arm': arm.name },
      marker(arm, x + 6, y - 4),
      label(x + 16, y, arm.name, { class: 'legend' }),
    );
    x += wide;
    return part;
  });
  return { svg: parts.join(''), height: y - origin.y + 20 };
}
