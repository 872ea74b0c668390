/** Byte order mark: without it spreadsheets take the text for another encoding. */
const mark = '\uFEFF';

/** A table as RFC 4180 has it, in which no cell is a formula to a spreadsheet. @param separator What spreadsheets of the language take. */
export function csvOf(lines: readonly (readonly (string | number)[])[], separator: ',' | ';'): string {
  const cell = (value: string | number): string => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /["\r\n,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${mark}${lines.map((line) => `${line.map(cell).join(separator)}\r\n`).join('')}`;
}
