import { RegisterProcedureHandler } from './register-procedure.js';
import {
  AmendPartsHandler,
  BuildProcessHandler,
  ProposePublicationHandler,
  ReviewProcedureHandler,
  WithdrawProcedureHandler,
} from './preparing.js';
import {
  AbolishProcedureHandler,
  ApplyProcessHandler,
  AssignReviewHandler,
  AuditProcessHandler,
  CorrectRecordHandler,
  DiscloseProcedureHandler,
  PublishProcedureHandler,
  ResumeProcedureHandler,
  ReturnProcedureHandler,
  SuspendProcedureHandler,
} from './in-force.js';
import { ApproveOptionHandler, CheckQualityHandler, ImplementOptionHandler, ProposeOptionHandler, RejectOptionHandler } from './options.js';

/** Every command handler on procedures, for the module that provides a `ProcedureDesk`. */
export const procedureCommandHandlers = [
  RegisterProcedureHandler,
  AmendPartsHandler,
  BuildProcessHandler,
  ReviewProcedureHandler,
  ProposePublicationHandler,
  WithdrawProcedureHandler,
  PublishProcedureHandler,
  DiscloseProcedureHandler,
  ApplyProcessHandler,
  AuditProcessHandler,
  AssignReviewHandler,
  ReturnProcedureHandler,
  SuspendProcedureHandler,
  ResumeProcedureHandler,
  AbolishProcedureHandler,
  CorrectRecordHandler,
  ProposeOptionHandler,
  CheckQualityHandler,
  ApproveOptionHandler,
  RejectOptionHandler,
  ImplementOptionHandler,
] as const;
