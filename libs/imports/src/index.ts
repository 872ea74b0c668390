export { Imports, OtherImport, SheetTooLarge, TooManyImports, importStates, mostSheetBytes, mostSheetRows } from './imports.js';
export type { Import, ImportProgress, ImportState, NewImport, RefusedCell } from './imports.js';
