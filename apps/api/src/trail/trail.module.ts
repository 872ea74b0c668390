import { Module } from '@nestjs/common';
import { Directory, WhatHeld } from '#identity';
import { ProcedureDesk } from '#procedures/commands';
import { over } from '../installation.module.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { ReadingModule } from '../reading/reading.module.js';
import { Views } from '../reading/views.js';
import { Settings } from '../settings.js';
import { RefusalsSeen } from './refusals-seen.js';
import { WhyController } from './why.controller.js';
import { Why } from './why.js';

@Module({
  imports: [ReadingModule],
  controllers: [WhyController],
  providers: [
    over(
      Why,
      ({ store, database, definitions, calendars, directory }) =>
        new Why({ store, definitions, calendars, held: new WhatHeld(store, database) }, directory),
    ),
    {
      provide: SeenProcedure,
      inject: [ProcedureDesk, Directory, Settings],
      useFactory: (...parts: ConstructorParameters<typeof SeenProcedure>) => new SeenProcedure(...parts),
    },
    {
      provide: RefusalsSeen,
      inject: [Settings, SeenProcedure, Views],
      useFactory: (...parts: ConstructorParameters<typeof RefusalsSeen>) => new RefusalsSeen(...parts),
    },
  ],
})
export class TrailModule {}
