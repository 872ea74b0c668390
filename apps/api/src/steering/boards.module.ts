import { Module } from '@nestjs/common';
import { SteeringBoards } from '#programmes';
import { ActOnBoardHandler } from '#programmes/commands';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { BoardActionsController } from './board-actions.controller.js';
import { BoardsController } from './boards.controller.js';
import { ShownBoards } from './shown-boards.js';

@Module({
  controllers: [BoardsController, BoardActionsController],
  providers: [
    ActOnBoardHandler,
    over(SteeringBoards, ({ store, directory, calendars, clock }) => {
      return new SteeringBoards(store, () => directory.units(), calendars, clock);
    }),
    {
      provide: ShownBoards,
      inject: [Installation, SteeringBoards],
      useFactory: ({ directory }: Installation, boards: SteeringBoards) => new ShownBoards(boards, directory),
    },
  ],
})
export class BoardsModule {}
