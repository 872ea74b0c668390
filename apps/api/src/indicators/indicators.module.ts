import { Module } from '@nestjs/common';
import { Indicators } from '#programmes';
import { DefineIndicatorHandler, RemindIndicatorHandler, ReportIndicatorHandler } from '#programmes/commands';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { Pasts } from '../reading/pasts.js';
import { ReadingModule } from '../reading/reading.module.js';
import { Views } from '../reading/views.js';
import { IndicatorReading } from './indicator-reading.js';
import { IndicatorsController } from './indicators.controller.js';
import { IndicatorsReadingController } from './indicators-reading.controller.js';

@Module({
  imports: [ReadingModule],
  controllers: [IndicatorsReadingController, IndicatorsController],
  providers: [
    ...[DefineIndicatorHandler, ReportIndicatorHandler, RemindIndicatorHandler],
    over(Indicators, ({ store, directory, clock }) => new Indicators(store, () => directory.units(), clock)),
    {
      provide: IndicatorReading,
      inject: [Installation, Views, Pasts],
      useFactory: ({ database, directory }: Installation, views: Views, pasts: Pasts) =>
        new IndicatorReading(database, views, pasts, directory),
    },
  ],
})
export class IndicatorsModule {}
