/** Cuts a text at the tokens that are found as they stand (special and other added tokens), before its words are looked at. */

/** An entry of `added_tokens` in a tokenizer.json. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special?: boolean | undefined;
  readonly normalized?: boolean | undefined;
  readonly lstrip?: boolean | undefined;
  readonly rstrip?: boolean | undefined;
}

/** Adds a text's ids to `ids`: those of added tokens itself, and through `push` those of the texts between them. */
export type CutSections = (text: string, ids: number[], push: (text: string, ids: number[]) => void) => void;

/**
 * As `@huggingface/tokenizers` 0.2.0: tokens that are not normalised are looked for in the text, the others in what the
 * normaliser makes of the text between them; at each place the longest. Undefined where a token takes white space with
 * it, the normaliser changes it, or two tokens have the same text.
 */
export function sectionCutter(
  added: readonly AddedToken[],
  normalizer: ((text: string) => string) | null,
): CutSections | undefined {
  if (added.some(({ lstrip, rstrip }) => lstrip || rstrip)) return undefined;
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  const ids = new Map<string, number>();
  for (const { content, id, special, normalized } of added) {
    if (ids.has(content)) return undefined;
    ids.set(content, id);
    if (normalizer === null || !(normalized ?? !special)) first.set(content, id);
    else if (normalizer(content) === content) second.set(content, id);
    else return undefined;
  }
  const raw = finder(first);
  const made = finder(second);
  return (text, out, push) => {
    raw(text, out, (section) => {
      const whole = ids.get(section);
      if (whole !== undefined) out.push(whole);
      else if (normalizer === null) push(section, out);
      else made(normalizer(section), out, (part) => push(part, out));
    });
  };
}

/** Finds tokens in a text; `between` gets the texts between them in their turn. */
function finder(
  tokens: ReadonlyMap<string, number>,
): (text: string, out: number[], between: (text: string) => void) => void {
  if (tokens.size === 0) {
    return (text, _, between) => {
      if (text !== '') between(text);
    };
  }
  // The longest first, as the first that fits is taken. Without the flag u, as the library goes by UTF-16 units.
  const longest = [...tokens.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longest.map(escaped).join('|'), 'g');
  return (text, out, between) => {
    let from = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const [token] = match;
      if (match.index > from) between(text.slice(from, match.index));
      out.push(tokens.get(token)!);
      from = match.index + token.length;
      pattern.lastIndex = from;
    }
    if (from < text.length) between(text.slice(from));
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
