import { CommandHandler } from '@nestjs/cqrs';
import { OnProcedure, OnProcedureHandler } from './on-procedure.js';

// What is done to a procedure until it is proposed, and how one leaves that was never published.

export class AmendParts extends OnProcedure<'amend-parts'> {
  override readonly action = 'amend-parts';
}

@CommandHandler(AmendParts)
export class AmendPartsHandler extends OnProcedureHandler<'amend-parts'> {}

export class BuildProcess extends OnProcedure<'build'> {
  override readonly action = 'build';
}

@CommandHandler(BuildProcess)
export class BuildProcessHandler extends OnProcedureHandler<'build'> {}

export class ReviewProcedure extends OnProcedure<'review'> {
  override readonly action = 'review';
}

@CommandHandler(ReviewProcedure)
export class ReviewProcedureHandler extends OnProcedureHandler<'review'> {}

export class ProposePublication extends OnProcedure<'propose'> {
  override readonly action = 'propose';
}

@CommandHandler(ProposePublication)
export class ProposePublicationHandler extends OnProcedureHandler<'propose'> {}

export class WithdrawProcedure extends OnProcedure<'withdraw'> {
  override readonly action = 'withdraw';
}

@CommandHandler(WithdrawProcedure)
export class WithdrawProcedureHandler extends OnProcedureHandler<'withdraw'> {}
