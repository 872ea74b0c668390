import { Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { BulkRuns } from '#bulk';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { Entrances } from '../jobs/entrances.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { ReadingModule } from '../reading/reading.module.js';
import { RegisterFilters } from '../reading/register-filters.js';
import { Views } from '../reading/views.js';
import { Settings } from '../settings.js';
import { BulkItems } from './bulk-items.js';
import { BulkRunner } from './bulk-runner.js';
import { BulkSelection } from './bulk-selection.js';
import { BulkController } from './bulk.controller.js';
import { BulkEventsController } from './bulk-events.controller.js';

@Module({
  imports: [ReadingModule],
  controllers: [BulkController, BulkEventsController],
  providers: [
    { provide: BulkRuns, inject: [Installation], useFactory: ({ database }: Installation) => BulkRuns.open(database) },
    over(SeenProcedure, ({ desk, directory, settings, accesses }) => new SeenProcedure(desk, directory, settings, accesses)),
    {
      provide: BulkSelection,
      inject: [Views, RegisterFilters, Settings],
      useFactory: (...parts: ConstructorParameters<typeof BulkSelection>) => new BulkSelection(...parts),
    },
    {
      provide: BulkRunner,
      inject: [Installation, BulkRuns, SeenProcedure, CommandBus],
      useFactory: (installation: Installation, runs: BulkRuns, seen: SeenProcedure, commands: CommandBus) => {
        const { desk, files, directory, settings } = installation;
        const items = new BulkItems({ desk, files, directory, commands }, seen, settings.logger);
        return new BulkRunner(runs, items, new Entrances(installation), settings.logger);
      },
    },
  ],
})
export class BulkModule {}
