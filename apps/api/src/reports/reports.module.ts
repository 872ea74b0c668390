import { Module } from '@nestjs/common';
import { OnTime } from '#reporting';
import { over } from '../installation.module.js';
import { ReportsController } from './reports.controller.js';

@Module({
  controllers: [ReportsController],
  providers: [over(OnTime, ({ database, definitions, calendars }) => new OnTime(database, definitions, calendars))],
  exports: [OnTime],
})
export class ReportsModule {}
