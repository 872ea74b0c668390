import { Module } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { Bundles, SealedLog } from '#audit';
import { Directory } from '#identity';
import { over } from '../installation.module.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { Reports } from '../reports/reports.js';
import { ReportsModule } from '../reports/reports.module.js';
import { Trail } from '../trail/trail.js';
import { TrailModule } from '../trail/trail.module.js';
import { BundlesController } from './bundles.controller.js';
import { ImprintController } from './imprint.controller.js';
import { Imprints } from './imprints.js';
import { ProofsController } from './proofs.controller.js';
import { SealedStateController } from './state.controller.js';
import { TreeController } from './tree.controller.js';
import { UnitSheets } from './unit-sheets.js';

/** Built with the pages. */
const verifierPage = (): Promise<Buffer | null> => readFile(new URL('../../../../web/verify.html', import.meta.url)).catch(() => null);

@Module({
  imports: [ReportsModule, TrailModule],
  controllers: [TreeController, ProofsController, SealedStateController, ImprintController, BundlesController],
  providers: [
    SeenProcedure,
    over(SealedLog, ({ sealedLog }) => sealedLog),
    over(Imprints, ({ sealedLog }) => new Imprints(sealedLog)),
    {
      provide: UnitSheets,
      inject: [Reports, Trail, Directory],
      useFactory: (...parts: ConstructorParameters<typeof UnitSheets>) => new UnitSheets(...parts),
    },
    over(Bundles, ({ database, store, sealedLog }) => new Bundles({ database, store }, sealedLog, verifierPage)),
  ],
})
export class ProofsModule {}
