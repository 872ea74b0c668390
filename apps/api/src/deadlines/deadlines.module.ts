import { Module } from '@nestjs/common';
import { over } from '../installation.module.js';
import { DeadlinesController } from './deadlines.controller.js';
import { DueDays } from './due-days.js';

@Module({
  controllers: [DeadlinesController],
  providers: [over(DueDays, ({ calendars, directory }) => new DueDays(calendars, directory))],
  exports: [DueDays],
})
export class DeadlinesModule {}
