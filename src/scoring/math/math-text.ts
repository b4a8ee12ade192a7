/**
 * Rewrites an answer in LaTeX or plain text into the small notation that `parse-math.ts` reads, and takes away what
 * does not change its value: delimiters, spacing, sizes, currency, degree signs, units, a leading "x =".
 */

const NOTHING = [
  /\\(?:left|right|bigl?|bigr?|Bigl?|Bigr?|displaystyle|textstyle|limits)(?![A-Za-z])/g,
  /\\[,;:! ]/g,
  /\\q?quad(?![A-Za-z])/g,
  /~/g,
  /\\\$|\$|€|£/g,
  /\^\s*\{?\s*\\circ\s*\}?|\\circ(?![A-Za-z])|°|\\degree(?![A-Za-z])/g,
];

/** Units and counted things behind a number. Only words: a symbol such as `m` may be a variable. */
const UNITS =
  /(?<=[\d})%]\s*)(?:(?:square|cubic)\s+)?(?:dollars?|cents?|euros?|units?|inch(?:es)?|feet|foot|ft|yards?|miles?|meters?|metres?|cm|mm|km|kg|grams?|liters?|litres?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|degrees?|percent|people|students?|points?|ways?|times?|mph|apples?|eggs?)(?:\s*\^\s*\{?[23]\}?)?(?![A-Za-z])/gi;

export function plainMath(text: string): string {
  let rest = text.trim();
  // Surrounding delimiters and a final full stop.
  rest = rest.replace(/^(?:\\\(|\\\[|\$\$?)\s*|\s*(?:\\\)|\\\]|\$\$?)\.?$/g, '');
  rest = rest.replace(/(?<=\S)\.$/, '').replace(/\*\*|`/g, '');
  rest = rest.replace(/(?<=\d)(?:\{,\}|\\,|,\\!|\\!)(?=\d{3}(?!\d))/g, ',');
  for (const pattern of NOTHING) rest = rest.replace(pattern, ' ');
  rest = unwrapText(rest);
  rest = rest
    .replace(/\\(?:d|t|c)frac(?![A-Za-z])/g, '\\frac')
    .replace(/\\(?:cdot|times|ast)(?![A-Za-z])|×|·/g, '*')
    .replace(/\\div(?![A-Za-z])|÷/g, '/')
    .replace(/\u2212|\u2013/g, '-')
    .replace(/\\pi(?![A-Za-z])|π/g, ' pi ')
    .replace(/√/g, '\\sqrt')
    .replace(/\\infty(?![A-Za-z])|∞/g, ' infinity ')
    .replace(/\\cup(?![A-Za-z])|∪/g, ' cup ')
    .replace(/\\(?:lbrace|\{)/g, '\u27e8')
    .replace(/\\(?:rbrace|\})/g, '\u27e9')
    .replace(/\\%/g, '%')
    .replace(/(?<=\d)\s+(?=%)/g, '');
  rest = rest.replace(UNITS, ' ').replace(/\s+/g, ' ').trim();
  // "x = 5" and "x \in {1, 2}" name the unknown that was asked for.
  return rest.replace(/^[A-Za-z](?:_\{?\w\}?)?\s*(?:=|\\in(?![A-Za-z])|∈)\s*/, '');
}

/** `\text{ and }` becomes a comma; other texts are units or remarks and stand as words. */
function unwrapText(text: string): string {
  return text
    .replace(/\\(?:text|textbf|textit|mathrm|mathbf|mbox|operatorname)\s*\{([^{}]*)\}/g, ' $1 ')
    .replace(/\\(?:boxed|fbox)\s*\{/g, '{')
    .replace(/\s(?:and|or)\s/g, ' , ');
}
