import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Accepted } from '#event-store';
import type { Sent } from '#workflow';
import { Programmes } from '../programmes.js';
import type { ProgrammeRequest } from '../programmes.js';

/** A programme, or what is done with its targets. */
export class ActOnProgramme extends Command<Accepted> {
  constructor(
    readonly programme: string,
    readonly request: ProgrammeRequest,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(ActOnProgramme)
export class ActOnProgrammeHandler implements ICommandHandler<ActOnProgramme, Accepted> {
  constructor(private readonly programmes: Programmes) {}

  execute({ programme, request, sent }: ActOnProgramme): Promise<Accepted> {
    return this.programmes.decide(programme, request, sent);
  }
}
