import { Body, Controller, HttpCode, Param, Patch, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { savingOf, sensitivityOf } from '#procedures';
import { TakesActingFor } from '../http/acting-for.js';
import { Needs } from '../http/needs.js';
import { HowSent } from '../http/sent.js';
import { AcceptedHeaders } from './accepted-headers.js';
import { ActOnProcedure, RegisterProcedure } from '#procedures/commands';
import type { Sent } from '#workflow';
import { ComplianceCostDto, SavingAnswer, SensitivityAnswer, SensitivityDto } from './cost.dto.js';
import { KnownProcedure } from './known-procedure.js';
import { AmendPartsDto } from './parts.dto.js';
import { AcceptedAnswer, RegisterProcedureDto } from './register-procedure.dto.js';

@ApiTags('procedures')
@ApiBearerAuth()
@Controller('api/v1')
export class ProceduresController {
  constructor(private readonly commands: CommandBus) {}

  /** Registers a procedure. */
  @Post('procedures')
  @Needs('register')
  @TakesActingFor()
  @UseInterceptors(AcceptedHeaders)
  register(@Body() body: RegisterProcedureDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new RegisterProcedure(body, sent));
  }

  /** Changes some of the parts, until it is proposed. */
  @Patch('procedures/:id/parts')
  @Needs('amend-parts')
  @TakesActingFor()
  @UseGuards(KnownProcedure)
  @UseInterceptors(AcceptedHeaders)
  amendParts(@Param('id') id: string, @Body() body: AmendPartsDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ActOnProcedure(id, 'amend-parts', body, sent));
  }

  /** Counts what an option would save; nothing is stored. */
  @Post('compliance-cost')
  @Needs('read')
  @HttpCode(200)
  complianceCost(@Body() body: ComplianceCostDto): SavingAnswer {
    return savingOf(body);
  }

  /** How much of what an option would save hangs on each part of its costs, were that part less or more; nothing is stored. */
  @Post('compliance-cost/sensitivity')
  @Needs('read')
  @HttpCode(200)
  sensitivity(@Body() { percent = 20, ...costs }: SensitivityDto): SensitivityAnswer {
    return { percent, parts: [...sensitivityOf(costs, percent)] };
  }
}
