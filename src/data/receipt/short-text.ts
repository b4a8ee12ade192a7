/** What a file holds, as a piece of one line. */
import { visible } from '../../text/visible.ts';

/** Characters. */
const LONGEST = 160;

/** White space becomes single spaces; what a terminal would obey can be seen instead. */
export function shortText(text: string): string {
  const line = text.trim().split(/\s+/).map(visible).join(' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}
