import { Module } from '@nestjs/common';
import { procedureCommandHandlers } from '#procedures/commands';
import { MeasurementsController } from './measurements.controller.js';
import { ProcedureActionsController } from './procedure-actions.controller.js';
import { ProceduresController } from './procedures.controller.js';

@Module({
  controllers: [ProceduresController, ProcedureActionsController, MeasurementsController],
  providers: [...procedureCommandHandlers],
})
export class ProceduresModule {}
