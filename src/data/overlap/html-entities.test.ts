import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutEntities } from './html-entities.ts';
import { normalise, wordsOf } from './normalise.ts';

describe('references of HTML', () => {
  it.each([
    ['names', '3 &lt; 4 &amp;&amp; caf&eacute;&nbsp;&ldquo;x&rdquo;', '3 < 4 && café\u00a0“x”'],
    ['numbers', 'Janet&#39;s &#x27;ducks&#X27;', "Janet's 'ducks'"],
    ['spelled twice', 'a &amp;lt; b', 'a < b'],
    [
      'none: no semicolon, no name',
      'a && b, f(&x); ?a=1&lt=2 &nosuch; &#; AT&T',
      'a && b, f(&x); ?a=1&lt=2 &nosuch; &#; AT&T',
    ],
  ])('%s', (_, text, expected) => {
    expect(withoutEntities(text)).toBe(expected);
  });

  it('make no other text of one, whichever of its characters are spelled so', () => {
    const spelled = (char: string, how: number): string =>
      [char, `&#${char.codePointAt(0)};`, `&#x${char.codePointAt(0)!.toString(16)};`][how]!;
    const character = fc.constantFrom(...'ab1 \'"<>&;+,.é×');
    fc.assert(
      fc.property(fc.array(fc.tuple(character, fc.nat(2))), (pieces) => {
        const plain = pieces.map(([char]) => char).join('');
        // What spells a reference itself is one in the plain text as well.
        fc.pre(!plain.includes('&'));
        const encoded = pieces.map(([char, how]) => spelled(char, how)).join('');
        expect(normalise(encoded)).toBe(normalise(plain));
        expect(wordsOf(encoded)).toEqual(wordsOf(plain));
      }),
    );
  });
});
