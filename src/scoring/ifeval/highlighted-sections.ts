/**
 * detectable_format:number_highlighted_sections. The original pairs up asterisks wherever they stand, so that
 * multiplications and bullets may highlight; a careful reader counts Markdown's emphasis: `*x*`, `**x**`, `_x_`.
 */
import { pythonStrip } from '../../text/python-text.ts';
import { countOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';

const EMPHASIS = /(?<![*\p{L}\p{N}])(\*{1,3})(?![\s*])[^*\n]*?[^\s*]\1(?![*])/gu;
const UNDERLINED = /(?<![_\p{L}\p{N}])(_{1,3})(?![\s_])[^_\n]*?[^\s_]\1(?![_\p{L}\p{N}])/gu;

export const highlightedSections: Instruction = withArgs(
  'num_highlights',
  (args) => countOf(args, 'num_highlights'),
  (asked) => ({
    original: (text) => {
      const single = (text.match(/\*[^\n*]*\*/g) ?? []).map((found) => found.replace(/^\*+|\*+$/g, ''));
      const double = (text.match(/\*\*[^\n*]*\*\*/g) ?? []).map((found) => found.slice(2, -2));
      return [...single, ...double].filter((inside) => pythonStrip(inside) !== '').length >= asked;
    },
    corrected: (text) => {
      const count = (text.match(EMPHASIS)?.length ?? 0) + (text.match(UNDERLINED)?.length ?? 0);
      return { followed: count >= asked, why: `${count} highlighted parts, at least ${asked} asked` };
    },
  }),
);
