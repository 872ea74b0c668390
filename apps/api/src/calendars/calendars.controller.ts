import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { recomputedDueDates } from '#deadlines';
import { Processors } from '#processors';
import type { Sent } from '#workflow';
import { CalendarNotFound, Calendars, InvalidCalendar, NotCovered, WorkingDays } from '#workflow';
import { administeringMetadata, mustGovern } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem, languageOf, toldIn } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { Settings } from '../settings.js';
import {
  CalendarAnswer,
  CalendarPreviewAnswer,
  CalendarPublishedAnswer,
  CalendarQuery,
  PublishCalendarDto,
  WorkingDaysAnswer,
  WorkingDaysQuery,
} from './calendars.dto.js';

@ApiTags('calendars')
@ApiBearerAuth()
@Controller('api/v1/calendars')
export class CalendarsController {
  constructor(
    private readonly calendars: Calendars,
    private readonly directory: Directory,
    private readonly settings: Settings,
    private readonly processors: Processors,
  ) {}

  /** A calendar of working days, the newest version unless another is asked for. */
  @Get(':id')
  @Needs('read')
  async read(
    @Param('id') id: string,
    @Query() { version }: CalendarQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarAnswer> {
    const { calendar, reason, recompute, revision } = await this.find(id, version);
    reply.header('etag', `"${String(revision)}"`);
    const { weekend, holidays, workingDays } = calendar;
    return { ...calendar, weekend: [...weekend], holidays: [...holidays], workingDays: [...workingDays], recompute, reason };
  }

  /** The n-th working day after a date. */
  @Get(':id/working-days')
  @Needs('read')
  async workingDays(@Param('id') id: string, @Query() { from, add, version }: WorkingDaysQuery): Promise<WorkingDaysAnswer> {
    const { calendar } = await this.find(id, version);
    try {
      return { dueOn: new WorkingDays(calendar).after(from, Number(add)), calendarVersion: calendar.version };
    } catch (error) {
      if (!(error instanceof NotCovered)) throw error;
      throw new Problem('invalid-query', { detail: `from ${error.message}.`, errors: [{ path: 'from', message: error.message }] });
    }
  }

  /** Publishes the next version; what is left out stays as it was. For administrators of a service or the ministry. */
  @Post(':id/versions')
  @Needs('administer')
  async publish(
    @Param('id') id: string,
    @Body() body: PublishCalendarDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarPublishedAnswer> {
    const command = commandOf(id, body, person);
    try {
      const published = await this.calendars.publish(command, { metadata: administeringMetadata(sent, person), ifMatch: sent.ifMatch });
      const { state, revision, position, events } = published;
      const answer = { id, version: state?.version ?? 0, revision, position: String(position), events: events.map(({ type }) => type) };
      reply.header('etag', `"${String(revision)}"`).header('location', `/api/v1/calendars/${id}?version=${String(answer.version)}`);
      return answer;
    } catch (error) {
      throw asProblem(error);
    }
  }

  /**
   * What is hardly right with it, so that publishing it needs a confirmation, and what it would do to due dates that are open and that the
   * caller may see, if they were computed anew. Nothing is stored. For administrators of a service or the ministry.
   */
  @Post(':id/versions/preview')
  @Needs('administer')
  @HttpCode(200)
  async preview(
    @Param('id') id: string,
    @Body() body: PublishCalendarDto,
    @SignedIn() person: Person,
    @Headers('accept-language') languages?: string,
  ): Promise<CalendarPreviewAnswer> {
    const command = commandOf(id, body, person);
    try {
      const { calendar, doubts } = await this.calendars.preview(command);
      const asOf = this.processors.asOf('deadlines');
      const seenBy = { sight: this.directory.sightOf(person), today: this.directory.date() };
      const dueDates = await recomputedDueDates(this.settings.database, calendar, seenBy);
      const told = doubts.map((doubt) => ({ ...doubt, message: toldIn(languageOf(languages), doubt) }));
      return { id, version: calendar.version, doubts: told, dueDates, asOf };
    } catch (error) {
      throw asProblem(error);
    }
  }

  private async find(id: string, version: string | undefined): ReturnType<Calendars['find']> {
    try {
      return await this.calendars.find(isCalendarId(id) ? id : '', version === undefined ? undefined : Number(version));
    } catch (error) {
      if (error instanceof CalendarNotFound) throw new Problem('not-found');
      throw error;
    }
  }
}

function commandOf(
  id: string,
  { id: named, version, recompute = false, reason, holidays, workingDays = [], confirm, ...rest }: PublishCalendarDto,
  person: Person,
): Parameters<Calendars['publish']>[0] {
  mustGovern(person);
  if (!isCalendarId(id)) throw new Problem('not-found');
  if (named !== undefined && named !== id) throw new Problem('invalid-body', { errors: [{ path: 'id', message: `must be ${id}` }] });
  return { id, content: { ...rest, holidays, workingDays }, reason, recompute, from: version, confirm };
}

const asProblem = (error: unknown): unknown =>
  error instanceof InvalidCalendar ? new Problem('invalid-body', { detail: error.message, errors: error.findings }) : error;

const isCalendarId = (text: string): boolean => /^[a-z][a-z0-9-]{0,49}$/.test(text);
