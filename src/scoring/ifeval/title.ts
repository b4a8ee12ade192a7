/** detectable_format:title: `<<title>>` on one line; a careful reader wants a letter or digit in it. */
import { pythonStrip } from '../../text/python-text.ts';
import { type Instruction, plain } from './instruction.ts';

export const title: Instruction = plain({
  original: (text) => titles(text).some((inside) => pythonStrip(inside) !== ''),
  corrected: (text) => {
    const found = titles(text).find((inside) => /[\p{L}\p{N}]/u.test(inside));
    const why =
      found === undefined ? 'no title in <<>>' : `titled ${JSON.stringify(found.trim().slice(0, 60))}`;
    return { followed: found !== undefined, why };
  },
});

/** What the pattern `<<[^\n]+>>` finds, without its brackets: on a line from the first `<<` to the last `>>`. */
function titles(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const open = line.indexOf('<<');
    const close = line.lastIndexOf('>>');
    if (open < 0 || close < open + 3) return [];
    const found = line.slice(open, close + 2);
    const start = found.search(/[^<]/);
    let end = found.length;
    while (end > 0 && found[end - 1] === '>') end--;
    return [start < 0 ? '' : found.slice(start, Math.max(start, end))];
  });
}
