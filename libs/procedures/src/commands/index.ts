export { ProcedureDesk } from './procedure-desk.js';
export type { Accepted, Found } from './procedure-desk.js';
export { OfficialCodes } from './official-codes.js';
export { CommentDesk } from './comment-desk.js';
export type { Commented } from './comment-desk.js';
export { RegisterProcedure } from './register-procedure.js';
export { AmendParts, BuildProcess, ProposePublication, ReviewProcedure, WithdrawProcedure } from './preparing.js';
export {
  AbolishProcedure,
  ApplyProcess,
  AssignReview,
  AuditProcess,
  CorrectRecord,
  DiscloseProcedure,
  PublishProcedure,
  ResumeProcedure,
  ReturnProcedure,
  SuspendProcedure,
} from './in-force.js';
export { ApproveOption, CheckQuality, ImplementOption, ProposeOption, RejectOption } from './options.js';
export { ProcedureMigration } from './procedure-migration.js';
export type { MigrationRequest, MigrationResult } from './procedure-migration.js';
export { procedureCommandHandlers } from './handlers.js';
