import { Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Imports } from '#imports';
import { Installation } from '../installation.js';
import { ImportKinds } from './import-kinds.js';
import { ImportRunner } from './import-runner.js';
import { ImportsController } from './imports.controller.js';
import { optionRows } from './option-rows.js';
import { peopleRows } from './people-rows.js';
import { procedureRows } from './procedure-rows.js';
import { unitRows } from './unit-rows.js';

@Module({
  controllers: [ImportsController],
  providers: [
    { provide: Imports, inject: [Installation], useFactory: ({ database }: Installation) => Imports.open(database) },
    {
      provide: ImportKinds,
      inject: [Installation, CommandBus],
      useFactory: ({ desk, directory, database, administration }: Installation, commands: CommandBus) =>
        new ImportKinds({
          procedures: procedureRows(commands, desk, directory),
          options: optionRows({ commands, desk, directory, database }),
          units: unitRows(administration, directory),
          people: peopleRows(administration, directory),
        }),
    },
    {
      provide: ImportRunner,
      inject: [Installation, Imports, ImportKinds],
      useFactory: ({ store, directory, settings }: Installation, imports: Imports, kinds: ImportKinds) =>
        new ImportRunner(imports, kinds.all, { store, directory }, settings.logger),
    },
  ],
})
export class ImportsModule {}
