import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Accepted } from '#event-store';
import type { Sent } from '#workflow';
import type { CommentBody } from '../comments.js';
import { CommentDesk } from './comment-desk.js';

/** What somebody says about a procedure besides acting on it. */
export class CommentOnProcedure extends Command<Accepted> {
  constructor(
    readonly procedure: string,
    readonly body: CommentBody,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(CommentOnProcedure)
export class CommentOnProcedureHandler implements ICommandHandler<CommentOnProcedure, Accepted> {
  constructor(private readonly desk: CommentDesk) {}

  execute({ procedure, body, sent }: CommentOnProcedure): Promise<Accepted> {
    return this.desk.comment(procedure, body, sent);
  }
}
