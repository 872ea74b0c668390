import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Accepted } from '#event-store';
import type { RegisteredProcedure } from '#procedures';
import type { Sent } from '#workflow';
import { ClaimDesk } from '../claim-desk.js';
import type { ClaimRequest } from '../claim-desk.js';

/** Whose work a procedure shall be. */
export class ActOnClaim extends Command<Accepted> {
  constructor(
    readonly procedure: string,
    /** As it stands now. */
    readonly state: RegisteredProcedure,
    readonly request: ClaimRequest,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(ActOnClaim)
export class ActOnClaimHandler implements ICommandHandler<ActOnClaim, Accepted> {
  constructor(private readonly desk: ClaimDesk) {}

  execute({ procedure, state, request, sent }: ActOnClaim): Promise<Accepted> {
    return this.desk.decide(procedure, state, request, sent);
  }
}
