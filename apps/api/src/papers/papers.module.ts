import { Module } from '@nestjs/common';
import { ProcedureDesk } from '#procedures/commands';
import { Directory } from '#identity';
import { Definitions } from '#workflow';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { Settings } from '../settings.js';
import { PaperSelection } from './paper-selection.js';
import { PapersController } from './papers.controller.js';
import { Papers } from './papers.js';

@Module({
  controllers: [PapersController],
  providers: [
    SeenProcedure,
    {
      provide: PaperSelection,
      inject: [Settings, ProcedureDesk, SeenProcedure, Directory],
      useFactory: ({ database }: Settings, ...others: readonly [ProcedureDesk, SeenProcedure, Directory]) => new PaperSelection(database, ...others),
    },
    {
      provide: Papers,
      inject: [PaperSelection, Definitions, Directory],
      useFactory: (...parts: ConstructorParameters<typeof Papers>) => new Papers(...parts),
    },
  ],
})
export class PapersModule {} // prettier-ignore
