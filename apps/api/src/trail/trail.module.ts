import { Module } from '@nestjs/common';
import { WhatHeld } from '#identity';
import { over } from '../installation.module.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { ReadingModule } from '../reading/reading.module.js';
import { Views } from '../reading/views.js';
import { Settings } from '../settings.js';
import { RefusalsSeen } from './refusals-seen.js';
import { TrailController } from './trail.controller.js';
import { Trail } from './trail.js';
import { WhyController } from './why.controller.js';
import { Why } from './why.js';

@Module({
  imports: [ReadingModule],
  controllers: [WhyController, TrailController],
  providers: [
    over(
      Why,
      ({ store, database, definitions, calendars, directory }) =>
        new Why({ store, definitions, calendars, held: new WhatHeld(store, database) }, directory),
    ),
    over(Trail, ({ views, settings, directory, sealedLog }) => new Trail(views, settings, directory, sealedLog)),
    over(SeenProcedure, ({ desk, directory, settings, accesses }) => new SeenProcedure(desk, directory, settings, accesses)),
    {
      provide: RefusalsSeen,
      inject: [Settings, SeenProcedure, Views],
      useFactory: (...parts: ConstructorParameters<typeof RefusalsSeen>) => new RefusalsSeen(...parts),
    },
  ],
  exports: [Trail],
})
export class TrailModule {}
