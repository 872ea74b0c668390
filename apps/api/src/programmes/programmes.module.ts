import { Module } from '@nestjs/common';
import { Programmes } from '#programmes';
import { ActOnProgrammeHandler } from '#programmes/commands';
import { Planning, Progress } from '#reporting';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { ReadingModule } from '../reading/reading.module.js';
import { PlanController } from './plan.controller.js';
import { ProgrammesController } from './programmes.controller.js';
import { ProgressController } from './progress.controller.js';

@Module({
  imports: [ReadingModule],
  controllers: [ProgrammesController, ProgressController, PlanController],
  providers: [
    ActOnProgrammeHandler,
    over(Programmes, ({ store, directory, clock }) => new Programmes(store, () => directory.units(), clock)),
    {
      provide: Progress,
      inject: [Installation, Programmes],
      useFactory: ({ database, calendars, directory }: Installation, programmes: Programmes) =>
        new Progress(database, programmes, calendars, () => directory.units()),
    },
    {
      provide: Planning,
      inject: [Installation, Programmes],
      useFactory: ({ database, calendars, definitions }: Installation, programmes: Programmes) =>
        new Planning(database, programmes, calendars, definitions),
    },
  ],
  exports: [Programmes],
})
export class ProgrammesModule {}
