import { Module } from '@nestjs/common';
import { ProcedureDesk } from '#procedures/commands';
import { Directory } from '#identity';
import { OnTime } from '#reporting';
import { Definitions } from '#workflow';
import { Waiting } from '#worklist';
import { over } from '../installation.module.js';
import { Pasts } from './pasts.js';
import { ReadingController } from './reading.controller.js';
import { Reading } from './reading.js';
import { RegisterFilters } from './register-filters.js';
import { RegisterController } from './register.controller.js';
import { Views } from './views.js';

@Module({
  controllers: [RegisterController, ReadingController],
  providers: [
    over(OnTime, ({ database, definitions, calendars }) => new OnTime(database, definitions, calendars)),
    over(Waiting, ({ database, definitions }) => new Waiting(database, definitions)),
    over(Pasts, ({ store, database, views, directory, sealedLog }) => new Pasts({ store, database }, views, directory, sealedLog)),
    {
      provide: RegisterFilters,
      inject: [Definitions, Directory, Waiting, OnTime],
      useFactory: (...parts: ConstructorParameters<typeof RegisterFilters>) => new RegisterFilters(...parts),
    },
    {
      provide: Reading,
      inject: [ProcedureDesk, Pasts, Views, OnTime],
      useFactory: (...parts: ConstructorParameters<typeof Reading>) => new Reading(...parts),
    },
  ],
  exports: [Pasts, Reading, RegisterFilters],
})
export class ReadingModule {}
