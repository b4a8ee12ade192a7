/**
 * Text in a terminal's colours. Node's styleText looks at the process to decide whether to colour, and not in every
 * version; here the caller decides. Numbers: Select Graphic Rendition, ECMA-48 section 8.3.117, and 90 as xterm has it.
 */
const CODES = {
  bold: 1,
  dim: 2,
  underline: 4,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  white: 37,
  gray: 90,
} as const;

export type Style = keyof typeof CODES;

export function styled(text: string, ...styles: readonly Style[]): string {
  return `\u001b[${styles.map((style) => CODES[style]).join(';')}m${text}\u001b[0m`;
}
