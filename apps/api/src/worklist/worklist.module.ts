import { Module } from '@nestjs/common';
import { ClaimDesk } from '#worklist';
import { ActOnClaimHandler } from '#worklist/commands';
import { over } from '../installation.module.js';
import { ClaimsController, WorklistController } from './worklist.controller.js';
import { DueDates } from './due-dates.js';
import { Worklist } from './worklist.js';

@Module({
  controllers: [WorklistController, ClaimsController],
  providers: [
    ActOnClaimHandler,
    over(ClaimDesk, ({ store, desk, directory }) => new ClaimDesk(store, desk, (person, classified) => directory.sees(person, classified))),
    over(Worklist, ({ database, definitions, directory, desk }) => new Worklist(database, definitions, directory, desk)),
    over(DueDates, ({ database, calendars, directory }) => new DueDates(database, calendars, directory)),
  ],
})
export class WorklistModule {}
