import { Module } from '@nestjs/common';
import { SealedLog } from '#audit';
import { over } from '../installation.module.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { ProofsController } from './proofs.controller.js';
import { TreeController } from './tree.controller.js';

@Module({
  controllers: [TreeController, ProofsController],
  providers: [SeenProcedure, over(SealedLog, ({ sealedLog }) => sealedLog)],
})
export class ProofsModule {}
