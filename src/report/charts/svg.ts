/**
 * Charts are strings of SVG made by pure functions, not by a chart library: the report must be equal byte for byte
 * when the work was equal, must need no browser to be made, and its figures are compared as text in the tests.
 * (Observable Plot needs a DOM, and its output changes with its version.) Colours come from the page's style sheet
 * through classes, so one figure serves light, dark and print.
 */
export type Attributes = Readonly<Record<string, string | number | null>>;

export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** An element. Numbers are rounded to hundredths of a pixel; attributes that are null are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escapeXml(String(value))}"`,
    )
    .join('');
  return children.length > 0 ? `<${name}${written}>${children.join('')}</${name}>` : `<${name}${written}/>`;
}

/** A line of text with its anchor at x, y. */
export function label(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeXml(content));
}

/** A whole figure with a name and a description for those who do not see it. */
export function figure(
  size: { readonly width: number; readonly height: number },
  about: { readonly title: string; readonly description: string; readonly kind: string },
  ...children: readonly string[]
): string {
  return element(
    'svg',
    {
      class: `chart ${about.kind}`,
      viewBox: `0 0 ${rounded(size.width)} ${rounded(size.height)}`,
      width: size.width,
      height: size.height,
      role: 'group',
      'aria-label': `${about.title}. ${about.description}`,
    },
    ...children,
  );
}

function rounded(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`a figure with a coordinate of ${value}`);
  return String(Math.round(value * 100) / 100 || 0);
}
