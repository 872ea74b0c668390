import { Module } from '@nestjs/common';
import { ProcedureDesk } from '#procedures/commands';
import { Directory } from '#identity';
import { PaperTemplates } from '#reporting';
import { Definitions } from '#workflow';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { Imprints } from '../proofs/imprints.js';
import { PaperMoments } from './paper-moments.js';
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
      inject: [Installation, ProcedureDesk, SeenProcedure, Directory],
      useFactory: ({ store, database }: Installation, ...others: readonly [ProcedureDesk, SeenProcedure, Directory]) => new PaperSelection({ store, database }, ...others),
    },
    {
      provide: Papers,
      inject: [PaperSelection, Definitions, Directory],
      useFactory: (...parts: ConstructorParameters<typeof Papers>) => new Papers(...parts),
    },
    {
      provide: PaperMoments,
      inject: [Installation, PaperTemplates],
      useFactory: ({ database, views, directory }: Installation, templates: PaperTemplates) => new PaperMoments({ database, views, directory }, templates),
    },
  ],
})
export class PapersModule {} // prettier-ignore
