/**
 * detectable_format:json_format. The original accepts whatever Python's json.loads does: `NaN`, a bare number or text;
 * a careful reader wants an object or a list, and sees through any fence.
 */
import { pythonStrip } from '../../text/python-text.ts';
import { type Instruction, plain } from './instruction.ts';
import { parsesInPython } from './tools/python-json.ts';

export const jsonFormat: Instruction = plain({
  original: (text) => parsesInPython(pythonStrip(withoutFence(pythonStrip(text)))),
  corrected: (text) => {
    const inside = /^(?:```|~~~)[^\n]*\n([\s\S]*?)\n?(?:```|~~~)$/u.exec(text.trim())?.[1] ?? text;
    try {
      const value: unknown = JSON.parse(inside);
      const followed = typeof value === 'object' && value !== null;
      return { followed, why: followed ? 'JSON' : 'a bare value, not an object or a list' };
    } catch {
      return { followed: false, why: 'not JSON' };
    }
  },
});

/** Each of the four beginnings is taken off once, in this order, as the original does. */
function withoutFence(text: string): string {
  let rest = text;
  for (const fence of ['```json', '```Json', '```JSON', '```']) {
    if (rest.startsWith(fence)) rest = rest.slice(fence.length);
  }
  return rest.endsWith('```') ? rest.slice(0, -3) : rest;
}
