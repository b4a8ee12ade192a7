/** What is wrong with the bytes of a text file. Who reads it knows the name that people use for the file. */
export class TextFault extends Error {
  readonly remedy: string;
  /** From 1; absent where the bytes cannot be counted in lines. */
  readonly line: number | undefined;
  /** Characters (UTF-16 units) from 1. */
  readonly column: number | undefined;

  constructor(
    what: string,
    remedy: string,
    place: { readonly line?: number; readonly column?: number } = {},
  ) {
    super(what);
    this.name = 'TextFault';
    this.remedy = remedy;
    this.line = place.line;
    this.column = place.column;
  }
}
