import { Module } from '@nestjs/common';
import { Reorganisations } from '#reorganisation';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { ReadingModule } from '../reading/reading.module.js';
import { ReorganisationPreview } from './reorganisation-preview.js';
import { ReorganisationProgress } from './reorganisation-progress.js';
import { ReorganisationsController } from './reorganisations.controller.js';
import { SuccessorsController } from './successors.controller.js';

@Module({
  imports: [ReadingModule],
  controllers: [ReorganisationsController, SuccessorsController],
  providers: [
    over(Reorganisations, ({ store, directory, clock }) => new Reorganisations(store, directory, clock)),
    over(ReorganisationProgress, ({ database, views }) => new ReorganisationProgress(database, views)),
    {
      provide: ReorganisationPreview,
      inject: [Installation, Reorganisations],
      useFactory: ({ directory, views, settings }: Installation, reorganisations: Reorganisations) =>
        new ReorganisationPreview(reorganisations, directory, views, settings),
    },
  ],
})
export class ReorganisationsModule {}
