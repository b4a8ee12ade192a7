/**
 * detectable_content:postscript. The original is content with the letters anywhere, also inside a word or at the
 * beginning; a careful reader wants a line that begins with the marker, late in the response, and says something.
 */
import { literal, SPACES } from '../../text/python-classes.ts';
import { textOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';
import { withoutLineMarks } from './words-in-text.ts';

const S = `[${SPACES}]`;
/** The patterns of the original for the two markers of the dataset; others are searched as they are. */
const ORIGINAL: Readonly<Record<string, RegExp>> = {
  'P.P.S': new RegExp(`p\\.${S}?p\\.${S}?s`, 'u'),
  'P.S.': new RegExp(`p\\.${S}?s\\.`, 'u'),
};

export const postscript: Instruction = withArgs(
  'postscript_marker',
  (args) => textOf(args, 'postscript_marker')?.trim() ?? null,
  (marker) => {
    const letters = [...marker.replace(/[.\s]/gu, '')].map(literal).join('[.]?[^\\S\\n]?');
    const atLine = new RegExp(`^${letters}(?:[.:]|\\b)`, 'iu');
    return {
      original: (text) =>
        (ORIGINAL[marker] ?? new RegExp(literal(marker.toLowerCase()), 'u')).test(text.toLowerCase()),
      corrected: (text) => {
        const lines = text.split('\n');
        const at = lines.findLastIndex((line) => atLine.test(withoutLineMarks(line)));
        if (at < 0) return { followed: false, why: `no line begins with ${marker}` };
        const said = [withoutLineMarks(lines[at]!).replace(atLine, ''), ...lines.slice(at + 1)].join(' ');
        const before = lines.slice(0, at).join('').trim() !== '';
        const followed = /[\p{L}\p{N}]/u.test(said) && before;
        const why = followed
          ? `ends with a ${marker}`
          : before
            ? `${marker} says nothing`
            : `${marker} comes first`;
        return { followed, why };
      },
    };
  },
);
