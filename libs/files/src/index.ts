export { FileDamaged, FileQuotaExceeded, Files, migrateFiles, mostFileBytes, mostPieceBytes } from './files.js';
export type { AttachedFile, Attachment } from './files.js';
export { FileRefused, declaredType, fileTypeNames, mustBeOfType, typeByName } from './file-types.js';
export { fileNameFault } from './file-name.js';
export { OtherFilesThere, copyFiles } from './copy-files.js';
export type { CopiedFiles } from './copy-files.js';
