export { ProcedureDesk } from './procedure-desk.js';
export { commandIdOf, metadataOf } from './sent.js';
export type { Accepted, Found } from './procedure-desk.js';
export type { Sender, Sent } from './sent.js';
export { OfficialCodes } from './official-codes.js';
export { InquiryDesk } from './inquiry-desk.js';
export type { Asked, Inquired } from './inquiry-desk.js';
export { ClaimDesk } from './claim-desk.js';
export type { ClaimRequest } from './claim-desk.js';
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
