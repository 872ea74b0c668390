import { ActOnProcedureHandler } from './act-on-procedure.js';
import { MeasureCostHandler } from './measure-cost.js';
import { RegisterProcedureHandler } from './register-procedure.js';

export { ProcedureDesk } from './procedure-desk.js';
export type { AcceptedOnProcedure, Found } from './procedure-desk.js';
export { OfficialCodes } from './official-codes.js';
export { CommentDesk } from './comment-desk.js';
export { CommentOnProcedure, CommentOnProcedureHandler } from './comment-on-procedure.js';
export { RegisterProcedure } from './register-procedure.js';
export { ActOnProcedure } from './act-on-procedure.js';
export type { ActionBody, ActionOnProcedure } from './act-on-procedure.js';
export { MeasureCost } from './measure-cost.js';
export { ProcedureMigration } from './procedure-migration.js';
export type { MigrationRequest, MigrationResult } from './procedure-migration.js';

/** Every command handler on procedures, for the module that provides a `ProcedureDesk` and `Files`. */
export const procedureCommandHandlers = [RegisterProcedureHandler, ActOnProcedureHandler, MeasureCostHandler] as const;
