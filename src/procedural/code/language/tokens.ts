/** Splits one line of a program into tokens. */

export interface Token {
  readonly kind: 'name' | 'int' | 'string' | 'sign' | 'end';
  /** For a string what it holds, without quotes and escapes. */
  readonly text: string;
}

/** A text that is no program of the language. Caught by `parse`. */
export class SyntaxFault extends Error {}

const PIECES =
  /[ \t]*(?:([A-Za-z_]\w*)|(\d+)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(\*\*|\/\/|[<>=!]=|[+\-*]=|[-+*%<>=()[\],.:])|(#.*)|$)/y;

/** The tokens of a line, the last one of kind `end`. Throws SyntaxFault. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  PIECES.lastIndex = 0;
  while (PIECES.lastIndex < line.length) {
    const at = PIECES.lastIndex;
    const found = PIECES.exec(line);
    if (!found) throw new SyntaxFault(`what is ${line.slice(at).trim().slice(0, 10)}`);
    const [, name, int, string, sign] = found;
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (int !== undefined) tokens.push({ kind: 'int', text: wholeNumber(int, line) });
    else if (string !== undefined) tokens.push({ kind: 'string', text: unquoted(string) });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

/** Python knows no `007`, and no name or full stop right after a whole number. */
function wholeNumber(text: string, line: string): string {
  if (/^0\d/.test(text) && Number(text) !== 0) throw new SyntaxFault(`${text} begins with 0`);
  if (/[A-Za-z_.]/.test(line[PIECES.lastIndex] ?? '')) throw new SyntaxFault(`no whole number: ${text}`);
  return text;
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => {
    if (!'"\'\\'.includes(escaped)) throw new SyntaxFault(`the escape \\${escaped}`);
    return escaped;
  });
}
