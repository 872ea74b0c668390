import { Module } from '@nestjs/common';
import { Directory } from '#identity';
import { Programmes } from '#programmes';
import { Sources } from '#reporting';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { Imprints } from '../proofs/imprints.js';
import { Pasts } from '../reading/pasts.js';
import { ReadingModule } from '../reading/reading.module.js';
import { Views } from '../reading/views.js';
import { everyReport } from './every-report.js';
import { Reports } from './reports.js';

@Module({
  imports: [ReadingModule, ProgrammesModule],
  controllers: [...everyReport],
  providers: [
    over(Imprints, ({ sealedLog }) => new Imprints(sealedLog)),
    {
      provide: Sources,
      inject: [Installation, Programmes],
      useFactory: ({ database, definitions, calendars }: Installation, programmes: Programmes) =>
        new Sources(database, definitions, calendars, programmes),
    },
    {
      provide: Reports,
      inject: [Views, Directory, Pasts, Sources],
      useFactory: (...parts: ConstructorParameters<typeof Reports>) => new Reports(...parts),
    },
  ],
  exports: [Reports, Sources],
})
export class ReportsModule {}
