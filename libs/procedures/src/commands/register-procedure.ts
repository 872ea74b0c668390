import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Dated } from '../commands.js';
import { ProcedureDesk } from './procedure-desk.js';
import type { AcceptedOnProcedure, RegisterBody } from './procedure-desk.js';
import type { Sent } from '#workflow';

export class RegisterProcedure extends Command<AcceptedOnProcedure> {
  constructor(
    readonly body: RegisterBody & Dated,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(RegisterProcedure)
export class RegisterProcedureHandler implements ICommandHandler<RegisterProcedure, AcceptedOnProcedure> {
  constructor(private readonly desk: ProcedureDesk) {}

  execute({ body, sent }: RegisterProcedure): Promise<AcceptedOnProcedure> {
    return this.desk.register(body, sent);
  }
}
