import { Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Imports } from '#imports';
import { Indicators } from '#programmes';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { Entrances } from '../jobs/entrances.js';
import { ImportKinds } from './import-kinds.js';
import { ImportRunner } from './import-runner.js';
import { ImportEventsController } from './import-events.controller.js';
import { ImportsController } from './imports.controller.js';
import { indicatorRows } from './indicator-rows.js';
import { optionRows } from './option-rows.js';
import { peopleRows } from './people-rows.js';
import { procedureRows } from './procedure-rows.js';
import { unitRows } from './unit-rows.js';

@Module({
  controllers: [ImportsController, ImportEventsController],
  providers: [
    { provide: Imports, inject: [Installation], useFactory: ({ database }: Installation) => Imports.open(database) },
    over(Indicators, ({ store, directory, clock }) => new Indicators(store, () => directory.units(), clock)),
    {
      provide: ImportKinds,
      inject: [Installation, CommandBus, Indicators],
      useFactory: ({ desk, directory, database, administration }: Installation, commands: CommandBus, indicators: Indicators) =>
        new ImportKinds({
          procedures: procedureRows(commands, desk, directory),
          options: optionRows({ commands, desk, directory, database }),
          units: unitRows(administration, directory),
          people: peopleRows(administration, directory),
          indicators: indicatorRows({ commands, indicators, directory }),
        }),
    },
    {
      provide: ImportRunner,
      inject: [Installation, Imports, ImportKinds],
      useFactory: (installation: Installation, imports: Imports, kinds: ImportKinds) => {
        const { store, directory, settings } = installation;
        return new ImportRunner(imports, kinds.all, { store, directory, entrances: new Entrances(installation) }, settings.logger);
      },
    },
  ],
})
export class ImportsModule {}
