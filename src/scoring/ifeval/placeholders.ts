/**
 * detectable_content:number_placeholders. The original counts every `[...]` on a line, also `[]`, links and footnotes;
 * a careful reader counts brackets with a letter inside that are no link, no check box and no code of Markdown.
 */
import { countOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';

export const numberPlaceholders: Instruction = withArgs(
  'num_placeholders',
  (args) => countOf(args, 'num_placeholders'),
  (asked) => ({
    original: (text) => brackets(text).length >= asked,
    corrected: (text) => {
      const count = brackets(text).filter(({ inside, next }) => {
        const box = /^\s*x?\s*$/iu.test(inside);
        return /\p{L}/u.test(inside) && !box && next !== '(';
      }).length;
      return { followed: count >= asked, why: `${count} placeholders, at least ${asked} asked` };
    },
  }),
);

/** What the pattern `\[.*?\]` finds, with the character behind; by hand, since open brackets alone would take n^2. */
function brackets(text: string): { inside: string; next: string }[] {
  const found: { inside: string; next: string }[] = [];
  for (const line of text.split('\n')) {
    let open = line.indexOf('[');
    while (open >= 0) {
      const close = line.indexOf(']', open + 1);
      if (close < 0) break;
      found.push({ inside: line.slice(open + 1, close), next: line[close + 1] ?? '' });
      open = line.indexOf('[', close + 1);
    }
  }
  return found;
}
