import { Module } from '@nestjs/common';
import { Periods } from '#programmes';
import { ClosePeriodHandler } from '#programmes/commands';
import { PeriodFigures, Sources } from '#reporting';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { Pasts } from '../reading/pasts.js';
import { ReadingModule } from '../reading/reading.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { PeriodReading } from './period-reading.js';
import { PeriodsController } from './periods.controller.js';

@Module({
  imports: [ReadingModule, ReportsModule],
  controllers: [PeriodsController],
  providers: [
    ClosePeriodHandler,
    over(Periods, ({ store, directory, clock }) => new Periods(store, () => directory.units(), clock)),
    {
      provide: PeriodReading,
      inject: [Installation, Pasts, Sources, Periods],
      useFactory: (installation: Installation, pasts: Pasts, sources: Sources, closed: Periods) => {
        const { views, directory } = installation;
        return new PeriodReading(installation, views, pasts, { closed, figures: new PeriodFigures(sources, () => directory.units()) });
      },
    },
  ],
})
export class PeriodsModule {}
