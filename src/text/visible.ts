/** Text of which every character can be seen, and which does nothing to the terminal or page that shows it. */

/** Signs for white space: a person must see what a model must write. */
const SIGNS: Readonly<Record<string, string>> = { ' ': '·', '\n': '⏎', '\t': '⇥', '\r': '␍' };

/** Control and format characters (escapes, marks of writing direction, zero-width ones), white space, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}\p{Cs}]/gu;

/** `a b⏎`: white space as signs; what could not be seen at all by its number, `<U+200B>`. */
export function visible(text: string): string {
  return text.replace(
    UNSEEN,
    (unseen) => SIGNS[unseen] ?? `<U+${unseen.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}

/** East Asian characters and pictures take two cells of a terminal (Unicode Standard Annex 11, wide ranges in short). */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
/** Marks that are drawn over the character before them. */
const NO_WIDTH = /\p{M}/u;

/** Cells of a terminal that a visible text takes. */
export function cells(text: string): number {
  let width = 0;
  for (const letter of text) width += NO_WIDTH.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
  return width;
}
