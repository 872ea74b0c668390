import { Module } from '@nestjs/common';
import { procedureCommandHandlers } from '#procedures/commands';
import { ProcedureActionsController } from './procedure-actions.controller.js';
import { ProceduresController } from './procedures.controller.js';

@Module({ controllers: [ProceduresController, ProcedureActionsController], providers: [...procedureCommandHandlers] })
export class ProceduresModule {}
