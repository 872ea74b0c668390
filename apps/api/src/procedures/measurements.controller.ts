import { Body, Controller, HttpCode, Param, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { MeasureCost } from '#procedures/commands';
import type { Sent } from '#workflow';
import { TakesActingFor } from '../http/acting-for.js';
import { Needs } from '../http/needs.js';
import { HowSent } from '../http/sent.js';
import { AcceptedHeaders } from './accepted-headers.js';
import { MeasurementDto } from './cost.dto.js';
import { KnownProcedure } from './known-procedure.js';
import { AcceptedAnswer } from './register-procedure.dto.js';

/** What procedures cost in practice, beside their lifecycle. */
@ApiTags('procedures')
@ApiBearerAuth()
@Controller('api/v1/procedures/:id/measurements')
@TakesActingFor()
@UseGuards(KnownProcedure)
@UseInterceptors(AcceptedHeaders)
export class MeasurementsController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Records what the procedure costs as it was counted, or what it costs since an option was implemented; the newest measurement stands.
   * For officers and checkers of its unit, or of one above it.
   */
  @Post()
  @Needs('commands')
  @HttpCode(200)
  measure(@Param('id') id: string, @Body() body: MeasurementDto, @HowSent() sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new MeasureCost(id, body, sent));
  }
}
