/**
 * What a model says outside its `<think>` blocks. Corrected readings look for the answer there alone: a closed thought
 * is a draft, which must not beat the answer that follows it, and an answer that stands nowhere else was never given.
 * One that is never closed was cut off or never came to an end.
 */
const OPEN = '<think>';
const CLOSE = '</think>';

/** A first `</think>` without its beginning ends a thought that the prompt opened: all before it is thought. */
export function withoutThoughts(output: string): string {
  let said = '';
  let at = 0;
  for (let close = output.indexOf(CLOSE); close >= 0; close = output.indexOf(CLOSE, at)) {
    const open = output.indexOf(OPEN, at);
    if (open >= 0 && open < close) said += output.slice(at, open);
    else if (at > 0) said += output.slice(at, close);
    at = close + CLOSE.length;
  }
  const open = output.indexOf(OPEN, at);
  return said + output.slice(at, open < 0 ? undefined : open);
}

/** Whether an output has thoughts and nothing beside them. */
export const onlyThinks = (output: string): boolean =>
  output.trim() !== '' && withoutThoughts(output).trim() === '';
