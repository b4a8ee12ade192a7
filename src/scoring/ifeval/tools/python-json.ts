/**
 * Whether Python's `json.loads` (3.11) takes a text: as JSON.parse, but also `NaN`, `Infinity` and `-Infinity`, and no
 * whole number of more than 4,300 digits (sys.int_info.default_max_str_digits).
 */
const DIGITS = 4300;

export function parsesInPython(text: string): boolean {
  if (tooLong(text)) return false;
  return parses(text) || (/NaN|Infinity/.test(text) && parses(withZeros(text)));
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text with Python's extra numbers as zeros, outside of strings. */
function withZeros(text: string): string {
  return outsideStrings(text, (part) => part.replace(/-?Infinity|NaN/g, '0'));
}

function tooLong(text: string): boolean {
  let found = false;
  outsideStrings(text, (part) => {
    for (const [number] of part.matchAll(/\d[\d.eE+-]*/g)) {
      if (number.length > DIGITS && /^\d+$/.test(number)) found = true;
    }
    return part;
  });
  return found;
}

/** Changes what stands outside of double-quoted strings, in one pass. */
function outsideStrings(text: string, change: (part: string) => string): string {
  let result = '';
  let from = 0;
  for (let open = text.indexOf('"'); open >= 0; open = text.indexOf('"', from)) {
    let close = open + 1;
    while (close < text.length && text[close] !== '"') close += text[close] === '\\' ? 2 : 1;
    result += change(text.slice(from, open)) + text.slice(open, close + 1);
    from = close + 1;
  }
  return result + change(text.slice(from));
}
