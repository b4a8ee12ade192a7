/** A text of at most `most` UTF-16 units; of a longer one the beginning, with an ellipsis behind it. */
export const cutText = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;
