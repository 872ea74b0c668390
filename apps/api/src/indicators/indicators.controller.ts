import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CommandBus } from '@nestjs/cqrs';
import { Directory } from '#identity';
import { Indicators, periodOf } from '#programmes';
import type { Defined, Place } from '#programmes';
import { DefineIndicator, RemindIndicator, ReportIndicator } from '#programmes/commands';
import type { Sent } from '#workflow';
import { AdministeredAnswer, idIn, unitIn } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { HowSent } from '../http/sent.js';
import { NothingDto } from '../http/shape.js';
import { IndicatorReading } from './indicator-reading.js';
import { DefineIndicatorDto, RemindIndicatorDto, ReportIndicatorDto, ReturnReportDto } from './indicators.dto.js';

/** Figures that units report, and that a checker of the service verifies. */
@ApiTags('indicators')
@ApiBearerAuth()
@Controller('api/v1/indicators')
@TakesActingFor()
export class IndicatorsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly indicators: Indicators,
    private readonly directory: Directory,
    private readonly reading: IndicatorReading,
  ) {}

  /** Defines an indicator, for good. For checkers of a service or of the ministry. */
  @Post()
  @Needs('commands')
  define(@Body() { code, title, unitOfMeasure, per, of }: DefineIndicatorDto, @HowSent() sent: Sent): Promise<AdministeredAnswer> {
    return this.commands.execute(new DefineIndicator({ code, title, unitOfMeasure, per, ...(of !== undefined && { of }) }, sent));
  }

  /** Reports the figure of a unit for a period, or corrects it, with a reason. For officers of the unit itself. */
  @Post(':id/reports')
  @Needs('commands')
  async report(
    @Param('id') id: string,
    @Body() { unit, period, value, evidence, reason }: ReportIndicatorDto,
    @HowSent() sent: Sent,
  ): Promise<AdministeredAnswer> {
    const of = await this.defined(idIn(id));
    const place = { indicator: idIn(id), unit: unitIn(this.directory, unit, 'unit'), period };
    const said = { value, ...(evidence !== undefined && { evidence }), ...(reason !== undefined && { reason }) };
    return this.commands.execute(new ReportIndicator(place, { action: 'report-indicator', said }, of, sent));
  }

  /** Says that what a unit reported is right. For checkers of the service; not for whoever reported it. */
  @Post(':id/reports/:unit/:period/verify')
  @Needs('commands')
  @HttpCode(200)
  async verify(
    @Param('id') id: string,
    @Param('unit') unit: string,
    @Param('period') period: string,
    @Body() _: NothingDto,
    @HowSent() sent: Sent,
  ): Promise<AdministeredAnswer> {
    const { place, of } = await this.reported(id, unit, period);
    return this.commands.execute(new ReportIndicator(place, { action: 'verify-report' }, of, sent));
  }

  /** Sends back what a unit reported; it counts no more until the unit reports again. For checkers of the service. */
  @Post(':id/reports/:unit/:period/return')
  @Needs('commands')
  @HttpCode(200)
  async returnReport(
    @Param('id') id: string,
    @Param('unit') unit: string,
    @Param('period') period: string,
    @Body() { reason }: ReturnReportDto,
    @HowSent() sent: Sent,
  ): Promise<AdministeredAnswer> {
    const { place, of } = await this.reported(id, unit, period);
    return this.commands.execute(new ReportIndicator(place, { action: 'return-report', reason }, of, sent));
  }

  /** Reminds the officers of the units that have not reported of a period, once a day. For checkers where it was defined, and above. */
  @Post(':id/remind')
  @Needs('commands')
  @HttpCode(200)
  async remind(@Param('id') id: string, @Body() { period }: RemindIndicatorDto, @HowSent() sent: Sent): Promise<AdministeredAnswer> {
    const of = await this.defined(idIn(id));
    const missing = await this.reading.missing(idIn(id), of, period);
    return this.commands.execute(new RemindIndicator({ indicator: idIn(id), period }, missing, of.owner, sent));
  }

  private async defined(id: string): Promise<Defined> {
    const found = await this.indicators.find(id);
    if (!found) throw new Problem('not-found');
    return found.defined;
  }

  private async reported(id: string, unit: string, period: string): Promise<{ readonly place: Place; readonly of: Defined }> {
    const place = { indicator: idIn(id), unit: idIn(unit), period };
    const of = await this.defined(place.indicator);
    if (!periodOf(period) || !(await this.indicators.hasReport(place))) throw new Problem('not-found');
    return { place, of };
  }
}
