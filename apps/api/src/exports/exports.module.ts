import { Module } from '@nestjs/common';
import { Installation } from '../installation.js';
import { Pasts } from '../reading/pasts.js';
import { ReadingModule } from '../reading/reading.module.js';
import { Reading } from '../reading/reading.js';
import { ExportsController } from './exports.controller.js';
import { RegisterExport } from './register-export.js';

@Module({
  imports: [ReadingModule],
  controllers: [ExportsController],
  providers: [
    {
      provide: RegisterExport,
      inject: [Installation, Pasts, Reading],
      useFactory: ({ views, database, store, directory }: Installation, pasts: Pasts, reading: Reading) =>
        new RegisterExport({ views, database, store }, pasts, reading, directory),
    },
  ],
})
export class ExportsModule {}
