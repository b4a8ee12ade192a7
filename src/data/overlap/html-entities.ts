/** Characters as HTML spells them: `&lt;`, `&#39;`, `&nbsp;`. Rows that were taken from web pages are full of them. */
import { decodeHTMLStrict } from 'entities/decode';

const REFERENCE = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i;
/** What was copied from page to page is spelled more than once: `&amp;lt;`. */
const MOST = 3;

/**
 * The text with the references of HTML (names of the WHATWG's table, and numbers) as the characters that they stand for.
 * A reference ends in a semicolon: `a && b` and the `&page=2` of an address stay.
 */
export function withoutEntities(text: string): string {
  let plain = text;
  for (let times = 0; times < MOST && plain.includes('&') && REFERENCE.test(plain); times++)
    plain = decodeHTMLStrict(plain);
  return plain;
}
