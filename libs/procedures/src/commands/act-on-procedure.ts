import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Files } from '#files';
import { hashesIn } from '../attached.js';
import type { Attaching } from '../attached.js';
import type { ActionBodies, Dated } from '../commands.js';
import { ProcedureDesk } from './procedure-desk.js';
import type { AcceptedOnProcedure, Request } from './procedure-desk.js';
import type { AnyAction, Sent } from '#workflow';

/** What can be done to a procedure that is registered. */
export type ActionOnProcedure = Exclude<AnyAction, 'register'>;
/** What the action takes, with `occurredOn`, `confirm`, `comment` and `attachments`. */
export type ActionBody<Action extends ActionOnProcedure> = ActionBodies[Action] & Attaching & Dated;

/** Any action on a registered procedure: which procedure, what body, sent how. `ActionBodies` is the table of them. */
export class ActOnProcedure<Action extends ActionOnProcedure = ActionOnProcedure> extends Command<AcceptedOnProcedure> {
  constructor(
    readonly procedure: string,
    readonly action: Action,
    readonly body: ActionBody<Action>,
    readonly sent: Sent,
  ) {
    super();
  }
}

/** Hands the action to the desk, with the files that it names. */
@CommandHandler(ActOnProcedure)
export class ActOnProcedureHandler implements ICommandHandler<ActOnProcedure, AcceptedOnProcedure> {
  constructor(
    private readonly desk: ProcedureDesk,
    private readonly files: Files,
  ) {}

  async execute({ procedure, action, body, sent }: ActOnProcedure): Promise<AcceptedOnProcedure> {
    const files = await this.files.named(procedure, hashesIn(body));
    return this.desk.act(procedure, { action, body } as Request, sent, files);
  }
}
