import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOkResponse, ApiProduces, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '#identity';
import { begun } from '../http/begun.js';
import { Needs } from '../http/needs.js';
import { onceClosed } from '../http/once-closed.js';
import { Records } from '../http/records.js';
import { languageOf } from '../http/problem.js';
import { SharedPlaces, partiesOf } from '../http/shared-places.js';
import { SignedIn } from '../http/sent.js';
import { fileWriters } from '../reports/report-files.js';
import { Views } from '../reading/views.js';
import { Trail } from './trail.js';
import { TrailAnswer, TrailExportQuery, TrailFilters, TrailItemAnswer } from './trail.dto.js';
import { cutRow, mostLines, trailColumns, trailRow } from './trail-file.js';

const lines = 'application/x-ndjson';

@ApiTags('audit')
@ApiBearerAuth()
@ApiExtraModels(TrailAnswer, TrailItemAnswer)
@Controller('api/v1/audit/events')
export class TrailController {
  /** Each keeps a page, however slowly it is read. */
  private readonly places = new SharedPlaces({
    most: 20,
    mostOfOne: 2,
    mostOfPrograms: 4,
    of: 'exports are under way',
    retryAfterSeconds: 10,
  });

  constructor(
    private readonly trail: Trail,
    private readonly views: Views,
  ) {}

  /** What everybody did, the newest first, refusals and accesses among it: for auditors, as far as they are cleared. With `Accept: application/x-ndjson` each event is a line, to the end or to the hundred thousandth; where there are more, a last line has `nextCursor` alone. */
  @Get()
  @Needs('read')
  @Records({ type: 'TrailRead', subject: 'audit/events' })
  @ApiProduces('application/json', lines)
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(TrailAnswer) } },
      [lines]: { schema: { type: 'string' } },
    },
  })
  async events(
    @Query() query: TrailFilters,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TrailAnswer | StreamableFile> {
    void reply.header('vary', 'Accept');
    if (!acceptsLines(request.headers.accept)) return this.trail.page(query, person);
    onceClosed(reply.raw, this.places.take(person));
    const most = query.limit === undefined ? mostLines : Number(query.limit);
    const written = await begun(this.written(query, most, request));
    return new StreamableFile(Readable.from(written, { highWaterMark: 1 }), { type: `${lines}; charset=utf-8` });
  }

  /** The same as one file, at most a hundred thousand events. */
  @Get('export')
  @Needs('read')
  @Records({ type: 'TrailExported', subject: 'audit/events' })
  @ApiProduces('text/csv', fileWriters.xlsx.contentType)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(
    @Query() { format = 'csv', separator = ',', ...query }: TrailExportQuery,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    onceClosed(reply.raw, this.places.take(person));
    const language = languageOf(request.headers['accept-language']);
    const parts = await begun(this.rows(query, request));
    const { asOf } = await this.views.open(['trail'], {}, person);
    const file = fileWriters[format].write({
      ...{
        name: 'trail',
        title: language === 'vi' ? 'Nhật ký' : 'Trail',
        language,
        columns: trailColumns(language),
        separator,
        parts,
        asOf,
      },
      ...{ parameters: {}, party: partiesOf(person)[0] },
    });
    return new StreamableFile(Readable.from(file, { highWaterMark: 1 }), {
      type: fileWriters[format].contentType,
      disposition: `attachment; filename="trail.${format}"`,
    });
  }

  private async *written(query: TrailFilters, most: number, request: FastifyRequest): AsyncGenerator<string> {
    const parts = this.trail.parts(query, most, request);
    for (;;) {
      const next = await parts.next();
      if (next.done === true) {
        if (next.value !== null) yield `${JSON.stringify({ nextCursor: next.value })}\n`;
        return;
      }
      yield next.value.map((item) => `${JSON.stringify(item)}\n`).join('');
    }
  }

  private async *rows(query: TrailFilters, request: FastifyRequest): AsyncGenerator<ReturnType<typeof trailRow>[]> {
    const parts = this.trail.parts(query, mostLines, request);
    for (;;) {
      const next = await parts.next();
      if (next.done !== true) yield next.value.map(trailRow);
      else {
        if (next.value !== null) yield [cutRow];
        return;
      }
    }
  }
}

/** Whether lines are preferred to a page. */
const acceptsLines = (accept = ''): boolean => accept.split(',').some((one) => one.trim().split(';', 1)[0] === lines);
