import { Module } from '@nestjs/common';
import { ProcedureDesk } from '#procedures/commands';
import { Directory } from '#identity';
import { PaperTemplates } from '#reporting';
import { Definitions } from '#workflow';
import { over } from '../installation.module.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { Imprints } from '../proofs/imprints.js';
import { Settings } from '../settings.js';
import { PaperSelection } from './paper-selection.js';
import { PaperTemplatesController } from './paper-templates.controller.js';
import { PapersController } from './papers.controller.js';
import { Papers } from './papers.js';

@Module({
  controllers: [PapersController, PaperTemplatesController],
  providers: [
    SeenProcedure,
    over(Imprints, ({ sealedLog }) => new Imprints(sealedLog)),
    over(PaperTemplates, ({ store }) => new PaperTemplates(store)),
    {
      provide: PaperSelection,
      inject: [Settings, ProcedureDesk, SeenProcedure, Directory],
      useFactory: ({ database }: Settings, ...others: readonly [ProcedureDesk, SeenProcedure, Directory]) => new PaperSelection(database, ...others),
    },
    {
      provide: Papers,
      inject: [PaperSelection, Definitions, Directory, PaperTemplates],
      useFactory: (...parts: ConstructorParameters<typeof Papers>) => new Papers(...parts),
    },
  ],
})
export class PapersModule {} // prettier-ignore
