import { CommandHandler } from '@nestjs/cqrs';
import { OnProcedure, OnProcedureHandler } from './on-procedure.js';

// The life of a simplification option.

export class ProposeOption extends OnProcedure<'propose-option'> {
  override readonly action = 'propose-option';
}

@CommandHandler(ProposeOption)
export class ProposeOptionHandler extends OnProcedureHandler<'propose-option'> {}

export class CheckQuality extends OnProcedure<'check-quality'> {
  override readonly action = 'check-quality';
}

@CommandHandler(CheckQuality)
export class CheckQualityHandler extends OnProcedureHandler<'check-quality'> {}

export class ApproveOption extends OnProcedure<'approve-option'> {
  override readonly action = 'approve-option';
}

@CommandHandler(ApproveOption)
export class ApproveOptionHandler extends OnProcedureHandler<'approve-option'> {}

export class RejectOption extends OnProcedure<'reject-option'> {
  override readonly action = 'reject-option';
}

@CommandHandler(RejectOption)
export class RejectOptionHandler extends OnProcedureHandler<'reject-option'> {}

export class ImplementOption extends OnProcedure<'implement-option'> {
  override readonly action = 'implement-option';
}

@CommandHandler(ImplementOption)
export class ImplementOptionHandler extends OnProcedureHandler<'implement-option'> {}
