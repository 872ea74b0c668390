import { Module } from '@nestjs/common';
import { Inspections } from '#programmes';
import { ActOnInspectionHandler } from '#programmes/commands';
import { Installation } from '../installation.js';
import { over } from '../installation.module.js';
import { InspectionActionsController } from './inspection-actions.controller.js';
import { InspectionsController } from './inspections.controller.js';
import { ShownInspections } from './shown-inspections.js';

@Module({
  controllers: [InspectionsController, InspectionActionsController],
  providers: [
    ActOnInspectionHandler,
    over(Inspections, ({ store, directory, calendars, clock }) => new Inspections(store, () => directory.units(), calendars, clock)),
    {
      provide: ShownInspections,
      inject: [Installation, Inspections],
      useFactory: ({ directory, database }: Installation, inspections: Inspections) =>
        new ShownInspections(inspections, directory, database),
    },
  ],
})
export class InspectionsModule {}
