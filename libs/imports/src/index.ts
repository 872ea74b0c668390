export {
  Imports,
  OtherImport,
  SheetTooLarge,
  TooManyImports,
  importStates,
  migrateImports,
  mostSheetBytes,
  mostSheetRows,
} from './imports.js';
export type { Import, ImportProgress, ImportState, NewImport, RefusedCell } from './imports.js';
