import { Module } from '@nestjs/common';
import { OnTime } from '#reporting';
import { Waiting } from '#worklist';
import { DeadlinesModule } from '../deadlines/deadlines.module.js';
import { DueDays } from '../deadlines/due-days.js';
import { over } from '../installation.module.js';
import { Settings } from '../settings.js';
import { ReportsController } from './reports.controller.js';
import { Running } from './running.js';
import { RunningController } from './running.controller.js';

@Module({
  imports: [DeadlinesModule],
  controllers: [RunningController, ReportsController],
  providers: [
    over(OnTime, ({ database, definitions, calendars }) => new OnTime(database, definitions, calendars)),
    over(Waiting, ({ database, definitions }) => new Waiting(database, definitions)),
    {
      provide: Running,
      inject: [Settings, DueDays],
      useFactory: ({ database }: Settings, days: DueDays) => new Running(database, days),
    },
  ],
  exports: [OnTime, Waiting],
})
export class ReportsModule {}
