import { inLine } from './terminal.js';

/** Lines of a plain table: the first row is the heading; figures stand at the right. */
export function table(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(inLine));
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (/^-?[\d.,]+$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const [heading, ...body] = rows;
  return [heading ? line(heading) : '', widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join('\n');
}
