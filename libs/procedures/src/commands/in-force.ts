import { CommandHandler } from '@nestjs/cqrs';
import { OnProcedure, OnProcedureHandler } from './on-procedure.js';

// What is done to a procedure by its authority, and to one in force.

export class PublishProcedure extends OnProcedure<'publish'> {
  override readonly action = 'publish';
}

@CommandHandler(PublishProcedure)
export class PublishProcedureHandler extends OnProcedureHandler<'publish'> {}

export class DiscloseProcedure extends OnProcedure<'disclose'> {
  override readonly action = 'disclose';
}

@CommandHandler(DiscloseProcedure)
export class DiscloseProcedureHandler extends OnProcedureHandler<'disclose'> {}

export class ApplyProcess extends OnProcedure<'apply'> {
  override readonly action = 'apply';
}

@CommandHandler(ApplyProcess)
export class ApplyProcessHandler extends OnProcedureHandler<'apply'> {}

export class AuditProcess extends OnProcedure<'audit'> {
  override readonly action = 'audit';
}

@CommandHandler(AuditProcess)
export class AuditProcessHandler extends OnProcedureHandler<'audit'> {}

export class AssignReview extends OnProcedure<'assign-review'> {
  override readonly action = 'assign-review';
}

@CommandHandler(AssignReview)
export class AssignReviewHandler extends OnProcedureHandler<'assign-review'> {}

export class ReturnProcedure extends OnProcedure<'return'> {
  override readonly action = 'return';
}

@CommandHandler(ReturnProcedure)
export class ReturnProcedureHandler extends OnProcedureHandler<'return'> {}

export class SuspendProcedure extends OnProcedure<'suspend'> {
  override readonly action = 'suspend';
}

@CommandHandler(SuspendProcedure)
export class SuspendProcedureHandler extends OnProcedureHandler<'suspend'> {}

export class ResumeProcedure extends OnProcedure<'resume'> {
  override readonly action = 'resume';
}

@CommandHandler(ResumeProcedure)
export class ResumeProcedureHandler extends OnProcedureHandler<'resume'> {}

export class AbolishProcedure extends OnProcedure<'abolish'> {
  override readonly action = 'abolish';
}

@CommandHandler(AbolishProcedure)
export class AbolishProcedureHandler extends OnProcedureHandler<'abolish'> {}

export class CorrectRecord extends OnProcedure<'correct'> {
  override readonly action = 'correct';
}

@CommandHandler(CorrectRecord)
export class CorrectRecordHandler extends OnProcedureHandler<'correct'> {}
