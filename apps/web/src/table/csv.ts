/** Byte order mark: without it spreadsheets take the text for another encoding. */
const mark = '\uFEFF';

/** A figure with its sign, as people write it: a spreadsheet takes it for a number, and calculates nothing. */
const signed = /^[+-]\d+([.,]\d+)*$/;

/** A table as RFC 4180 has it, in which no cell is a formula to a spreadsheet. @param separator What spreadsheets of the language take. */
export function csvOf(lines: readonly (readonly (string | number)[])[], separator: ',' | ';'): string {
  const cell = (value: string | number): string => {
    const isFormula = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && !signed.test(value);
    const text = isFormula ? `'${value}` : String(value);
    return /["\r\n,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${mark}${lines.map((line) => `${line.map(cell).join(separator)}\r\n`).join('')}`;
}
