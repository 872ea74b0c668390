import { Injectable } from '@nestjs/common';
import { Command } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Files } from '#files';
import { hashesIn } from '../attached.js';
import type { Attaching } from '../attached.js';
import type { ActionBodies, Dated } from '../commands.js';
import { ProcedureDesk } from './procedure-desk.js';
import type { Accepted, Request } from './procedure-desk.js';
import type { Sent } from '#workflow';

/** Any action on a registered procedure: which procedure, what body (with `occurredOn`, `confirm`, `comment` and `attachments`), sent how. */
export abstract class OnProcedure<Action extends keyof ActionBodies & Request['action']> extends Command<Accepted> {
  abstract readonly action: Action;
  constructor(
    readonly procedure: string,
    readonly body: ActionBodies[Action] & Attaching & Dated,
    readonly sent: Sent,
  ) {
    super();
  }
}

/** Hands the action to the desk, with the files that it names. A subclass names its command and inherits this constructor. */
@Injectable()
export abstract class OnProcedureHandler<Action extends keyof ActionBodies & Request['action']> implements ICommandHandler<
  OnProcedure<Action>,
  Accepted
> {
  constructor(
    private readonly desk: ProcedureDesk,
    private readonly files: Files,
  ) {}

  async execute({ procedure, action, body, sent }: OnProcedure<Action>): Promise<Accepted> {
    const files = await this.files.named(procedure, hashesIn(body));
    return this.desk.act(procedure, { action, body } as Request, sent, files);
  }
}
