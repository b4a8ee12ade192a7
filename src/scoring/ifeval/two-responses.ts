/**
 * combination:two_responses, divided by `******`. The original splits longer runs of asterisks as well and takes texts
 * that differ by a space inside for different.
 */
import { pythonStrip } from '../../text/python-text.ts';
import { type Instruction, plain } from './instruction.ts';
import { plainText } from './words-in-text.ts';

export const twoResponses: Instruction = plain({
  original: (text) => {
    const parts = text.split('******').map(pythonStrip);
    if (parts.slice(1, -1).includes('')) return false;
    const given = parts.filter((part) => part !== '');
    return given.length === 2 && given[0] !== given[1];
  },
  corrected: (text) => {
    const given = text
      .split(/(?<!\*)\*{6}(?!\*)/u)
      .map(plainText)
      .filter((part) => /[\p{L}\p{N}]/u.test(part));
    const same = given.length === 2 && given[0] === given[1];
    return {
      followed: given.length === 2 && !same,
      why: same ? 'twice the same response' : `${given.length} responses`,
    };
  },
});
