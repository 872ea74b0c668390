import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Sent } from '#workflow';
import type { Measurement } from '../measured.js';
import { ProcedureDesk } from './procedure-desk.js';
import type { AcceptedOnProcedure } from './procedure-desk.js';

/** What a procedure costs as somebody counted it, or what an option really saved; it is no step of the lifecycle. */
export class MeasureCost extends Command<AcceptedOnProcedure> {
  constructor(
    readonly procedure: string,
    readonly body: Measurement & { readonly occurredOn?: string | undefined },
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(MeasureCost)
export class MeasureCostHandler implements ICommandHandler<MeasureCost, AcceptedOnProcedure> {
  constructor(private readonly desk: ProcedureDesk) {}

  execute({ procedure, body, sent }: MeasureCost): Promise<AcceptedOnProcedure> {
    return this.desk.act(procedure, { action: 'measure', body }, sent);
  }
}
