/** A Markdown table. Cells are text; pipes and line breaks inside them are made harmless. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = (cell: string) => cell.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
  const line = (cells: readonly string[]) => `| ${cells.map(clean).join(' | ')} |`;
  const rule = `|${head.map((_, i) => (holdsNumbers(rows, i) ? '--:' : '---')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Numbers stand right, names and sentences left; the first column names the row, whatever it looks like. */
function holdsNumbers(rows: readonly (readonly string[])[], column: number): boolean {
  if (column === 0) return false;
  const filled = rows.map((row) => row[column] ?? '').filter((cell) => cell !== '');
  return filled.filter((cell) => /^[+−-]?\d/.test(cell)).length * 2 > filled.length;
}
