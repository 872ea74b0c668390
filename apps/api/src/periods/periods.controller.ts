import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { ClosePeriod } from '#programmes/commands';
import type { Sent } from '#workflow';
import { AdministeredAnswer, idIn, unitIn } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { Needs } from '../http/needs.js';
import { Records } from '../http/records.js';
import { languageOf } from '../http/problem.js';
import { Asking, HowSent, SignedIn } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { PageQuery, ReadQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { differencesCsv } from './differences-csv.js';
import { PeriodReading, figureViews } from './period-reading.js';
import { ClosePeriodDto, DifferencesAnswer, DifferencesQuery, PeriodAnswer, PeriodsAnswer } from './periods.dto.js';

const pageSize = 50;

/** Reporting periods of units: closed once, with figures that stand whatever comes to light later. */
@ApiTags('periods')
@ApiBearerAuth()
@Controller('api/v1/periods')
export class PeriodsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reading: PeriodReading,
    private readonly directory: Directory,
    private readonly views: Views,
  ) {}

  /** The closed periods of units that the caller sees, newest first. */
  @Get()
  @Needs('read')
  @TakesActingFor()
  async list(@Query() { cursor, limit, minPosition }: PageQuery, @SignedIn() person: Person, @Asking() by: Asker): Promise<PeriodsAnswer> {
    const { items, nextCursor } = await this.reading.list(person, { minPosition, cursor, limit: Number(limit ?? pageSize) });
    return { items: [...items], nextCursor, allowed: [...this.reading.allowed(by)], asOf: this.views.asOf('periods') };
  }

  /** A closed period with its figures, which are of what is not classified. */
  @Get(':id')
  @Needs('read')
  async read(@Param('id') id: string, @Query() { minPosition }: ReadQuery, @SignedIn() person: Person): Promise<PeriodAnswer> {
    await this.views.upTo(minPosition, ['periods']);
    const { unit, period, begins, ends, lastDay, position, at, reports } = await this.reading.seen(idIn(id), person);
    return { id: idIn(id), unit, period, begins, ends, lastDay, position, at, reports: [...reports] };
  }

  /** What would read otherwise if it were closed now, with what was recorded since and why: of the savings of the period, and of what was signed in it. */
  @Get(':id/differences')
  @Needs('read')
  @Records({ type: 'ReportExported', subject: 'period-differences', when: ({ query }) => (query as DifferencesQuery).format === 'csv' })
  @ApiOkResponse({ type: DifferencesAnswer, content: { 'text/csv': { schema: { type: 'string' } } } })
  async differences(
    @Param('id') id: string,
    @Query() { minPosition, format }: DifferencesQuery,
    @SignedIn() person: Person,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DifferencesAnswer | string> {
    const asOf = await this.views.freshness(figureViews, { minPosition });
    const closed = await this.reading.seen(idIn(id), person);
    const { items, more } = await this.reading.differences(closed, person);
    const language = languageOf(headers['accept-language']);
    const shown = items.map(({ title, events, ...item }) => ({ ...item, title: title[language], events: [...events] }));
    if (format !== 'csv') return { asOf, items: shown, more };
    const disposition = `attachment; filename="differences-${closed.period}.csv"`;
    void reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition });
    return differencesCsv(shown, language);
  }

  /** Closes a period of a unit and those below it, once it is over. For authorities of the service or ministry, or of one above. */
  @Post()
  @Needs('commands')
  @TakesActingFor()
  async close(@Body() { unit: named, period }: ClosePeriodDto, @HowSent() sent: Sent, @SignedIn() person: Person): Promise<AdministeredAnswer> {
    const unit = unitIn(this.directory, named, 'unit');
    const today = this.directory.date();
    const span = await this.reading.span(unit, period, this.directory.units().subtree(unit), today);
    // What is refused anyhow need not be reckoned.
    const closed = (await this.reading.mayClose(span, today, sent.by)) ? await this.reading.withFigures(span, person) : { ...span, position: '0', at: new Date().toISOString(), reports: [] };
    return this.commands.execute(new ClosePeriod(closed, sent));
  } // prettier-ignore
}
