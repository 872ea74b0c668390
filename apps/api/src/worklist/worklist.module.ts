import { Module } from '@nestjs/common';
import { ClaimDesk } from '#worklist';
import { ActOnClaimHandler } from '#worklist/commands';
import { DeadlinesModule } from '../deadlines/deadlines.module.js';
import { DueDays } from '../deadlines/due-days.js';
import { over } from '../installation.module.js';
import { Settings } from '../settings.js';
import { ClaimsController, WorklistController } from './worklist.controller.js';
import { DueDates } from './due-dates.js';
import { Worklist } from './worklist.js';

@Module({
  imports: [DeadlinesModule],
  controllers: [WorklistController, ClaimsController],
  providers: [
    ActOnClaimHandler,
    over(ClaimDesk, ({ store, desk, directory }) => new ClaimDesk(store, desk, (person, classified) => directory.sees(person, classified))),
    over(Worklist, ({ database, definitions, directory, desk }) => new Worklist(database, definitions, directory, desk)),
    {
      provide: DueDates,
      inject: [Settings, DueDays],
      useFactory: ({ database }: Settings, days: DueDays) => new DueDates(database, days),
    },
  ],
})
export class WorklistModule {}
