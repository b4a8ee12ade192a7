import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourcesToRead } from './sources-to-read.ts';

const made = (source: string): boolean => source.startsWith('made');
const DECLARED = ['math', 'made1', 'code', 'general', 'made2'];
const read = (drawn: string[], dedup: 'off' | 'exact' | 'near' = 'exact') =>
  sourcesToRead(DECLARED, drawn, made, dedup);

describe('a stage reads', () => {
  it('the sources declared before one that it draws from, but those that are made', () => {
    expect(read(['general'])).toEqual(['math', 'code', 'general']);
    expect(read(['general', 'code'], 'near')).toEqual(['math', 'code', 'general']);
    expect(read(['math'])).toEqual(['math']);
  });

  it('its own sources alone where duplicates are not looked for, or all of them are made', () => {
    expect(read(['general', 'code'], 'off')).toEqual(['code', 'general']);
    expect(read(['made2', 'made1'])).toEqual(['made1', 'made2']);
    expect(read(['made2', 'math'])).toEqual(['math', 'made2']);
  });

  it('before a source the same ones, whatever else it draws from', () => {
    const drawn = fc.subarray(DECLARED, { minLength: 1 });
    fc.assert(
      fc.property(drawn, fc.constantFrom('math', 'code', 'general'), (some, source) => {
        const readBefore = (names: readonly string[]): string[] => {
          const all = read([...names, source]).filter((name) => !made(name));
          return all.slice(0, all.indexOf(source));
        };
        expect(readBefore(some)).toEqual(readBefore([]));
      }),
    );
  });
});
