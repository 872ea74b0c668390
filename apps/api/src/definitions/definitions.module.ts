import { Module } from '@nestjs/common';
import { ProcedureMigration } from '#procedures/commands';
import { over } from '../installation.module.js';
import { DefinitionDesk } from './definition-desk.js';
import { DefinitionsController } from './definitions.controller.js';
import { KeptVersionsController } from './kept-versions.controller.js';
import { MigrationsController } from './migrations.controller.js';

@Module({
  controllers: [DefinitionsController, MigrationsController, KeptVersionsController],
  providers: [
    over(DefinitionDesk, ({ store, definitions, directory, calendars }) => new DefinitionDesk(store, definitions, directory, calendars)),
    over(ProcedureMigration, ({ database, desk }) => new ProcedureMigration(database, desk)),
  ],
})
export class DefinitionsModule {}
