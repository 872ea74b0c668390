export { rowsOfCsv } from './csv.js';
export { columnName, rowsOfXlsx } from './xlsx.js';
export { sheetFormats, SheetRefused } from './sheet.js';
export type { Cell, SheetBytes, SheetFormat, SheetRow } from './sheet.js';
export { workbookOf } from './write-xlsx.js';
export type { WrittenSheet } from './write-xlsx.js';
export { streamedWorkbook } from './stream-xlsx.js';
export type { WrittenCell, WrittenColumn } from './stream-xlsx.js';
