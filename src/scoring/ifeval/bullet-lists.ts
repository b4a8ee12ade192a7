/**
 * detectable_format:number_bullet_lists. The original counts lines that begin with one `*` or with `-`: rules such as
 * `---` are bullets, `+` and `•` are none. A careful reader counts bullets that say something, outside code.
 */
import { SPACES } from '../../text/python-classes.ts';
import { countOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';

const NOT_SPACE = new RegExp(`[^${SPACES}]`, 'gu');

export const numberBulletLists: Instruction = withArgs(
  'num_bullets',
  (args) => countOf(args, 'num_bullets'),
  (asked) => ({
    original: (text) => marked(text, '*') + marked(text, '-') === asked,
    corrected: (text) => {
      const count = withoutCode(text.split('\n')).filter((line) =>
        /^\s*[*+\-•]\s+\S*[\p{L}\p{N}]/u.test(line.slice(0, 400)),
      ).length;
      return { followed: count === asked, why: `${count} bullet points, ${asked} asked` };
    },
  }),
);

/**
 * Matches of `^\s*\*[^\*].*$` or `^\s*-.*$` in many lines. The first lets a bullet alone on its line swallow the next.
 * By hand, since runs of blank lines would take the pattern n^2 steps.
 */
function marked(text: string, mark: '*' | '-'): number {
  let count = 0;
  let line = 0;
  while (line < text.length) {
    NOT_SPACE.lastIndex = line;
    const at = NOT_SPACE.exec(text)?.index ?? text.length;
    const next = text[at + 1];
    const match = text[at] === mark && (mark === '-' || (next !== undefined && next !== '*'));
    if (match) count++;
    const from = match && mark === '*' ? at + 2 : at;
    const end = text.indexOf('\n', from);
    if (end < 0) break;
    line = end + 1;
  }
  return count;
}

function withoutCode(lines: readonly string[]): string[] {
  let inside = false;
  return lines.filter((line) => {
    if (/^\s*(?:```|~~~)/.test(line)) {
      inside = !inside;
      return false;
    }
    return !inside;
  });
}
