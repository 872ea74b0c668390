import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Accepted } from '#event-store';
import type { Sent } from '#workflow';
import { SteeringBoards } from '../steering/boards.js';
import type { BoardRequest, SeenBoard } from '../steering/boards.js';

/** A steering board that is established, or what is done with one that the sender sees. */
export class ActOnBoard extends Command<Accepted> {
  constructor(
    readonly board: string,
    readonly request: BoardRequest,
    /** Null for one that begins. */
    readonly seen: SeenBoard | null,
    readonly sent: Sent,
  ) {
    super();
  }
}

@CommandHandler(ActOnBoard)
export class ActOnBoardHandler implements ICommandHandler<ActOnBoard, Accepted> {
  constructor(private readonly boards: SteeringBoards) {}

  execute({ board, request, seen, sent }: ActOnBoard): Promise<Accepted> {
    return this.boards.decide(board, request, seen, sent);
  }
}
