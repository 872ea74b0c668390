import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { countProcedures, listProcedures, similarProcedures } from '#procedures';
import { Definitions } from '#workflow';
import { Needs } from '../http/needs.js';
import { languageOf, Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { mustStillBeSignedIn } from '../http/still-signed-in.js';
import { Settings } from '../settings.js';
import { ProceduresAnswer, SimilarAnswer } from './answers.dto.js';
import { ExportQuery, ProceduresQuery, SimilarQuery } from './reading.dto.js';
import { csvHeader, csvOf } from './register-csv.js';
import { Views } from './views.js';

const pageSize = 50;
/** Rows of a file that are read at once. */
const exportedAtOnce = 200;

/** What the register holds: as a list, as a file, and what is like a title. */
@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1')
export class RegisterController {
  constructor(
    private readonly views: Views,
    private readonly definitions: Definitions,
    private readonly settings: Settings,
    private readonly directory: Directory,
  ) {}

  /** The register, by filters and words. */
  @Get('procedures')
  @Needs('read')
  async list(@Query() query: ProceduresQuery, @SignedIn() person: Person): Promise<ProceduresAnswer> {
    const { kind, group, field, classification, stage, q, sort, cursor, limit } = query;
    const { asOf, sight, units } = await this.views.open(['register'], query, person);
    await this.mustBeStage(stage);
    const filters = { kind, group, field, classification, stage, q, sight, units };
    const { items, nextCursor } = await listProcedures(this.settings.database, {
      ...filters,
      sort,
      cursor,
      limit: Number(limit ?? pageSize),
    });
    const total = query.total === 'true' ? await countProcedures(this.settings.database, filters) : undefined;
    return { items: [...items], nextCursor, ...(total && { total }), asOf };
  }

  /** All pages of the list as one file: what the caller may see while it goes out. Titles of columns are in the language that is accepted. */
  @Get('procedures/export')
  @Needs('read')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(@Query() query: ExportQuery, @SignedIn() person: Person, @Req() request: FastifyRequest): Promise<StreamableFile> {
    await this.views.upTo(query.minPosition, ['register']);
    await this.mustBeStage(query.stage);
    return new StreamableFile(Readable.from(this.exported(query, person, request), { highWaterMark: 1 }), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="procedures.csv"',
    });
  }

  /** Procedures whose titles have the same words, in any order and without accents, or all but one. */
  @Get('procedures/similar')
  @Needs('read')
  async similar(@Query() query: SimilarQuery, @SignedIn() person: Person): Promise<SimilarAnswer> {
    const { asOf, sight, units } = await this.views.open(['register'], query, person);
    const items = await similarProcedures(this.settings.database, query.title, { sight, units, limit: Number(query.limit ?? 10) });
    return { items: [...items], asOf };
  }

  /** Line by line as it is read; whoever may not read on gets no more. */
  private async *exported(query: ExportQuery, person: Person, request: FastifyRequest): AsyncGenerator<string> {
    const { kind, group, field, classification, stage, q, unit, sort, separator = ',' } = query;
    const filters = { kind, group, field, classification, stage, q, sort, limit: exportedAtOnce };
    yield csvHeader(languageOf(request.headers['accept-language']), separator);
    for (let cursor: string | null | undefined; cursor !== null;) {
      if (cursor !== undefined) await mustStillBeSignedIn(request);
      const present = this.directory.person(person.id);
      if (!present) return;
      const { sight, units } = await this.views.open(['register'], { unit }, present);
      const page = await listProcedures(this.settings.database, { ...filters, sight, units, cursor });
      yield csvOf(page.items, this.directory.units(), separator);
      cursor = page.nextCursor;
    }
  }

  private async mustBeStage(stage: string | undefined): Promise<void> {
    if (stage !== undefined && !(await this.definitions.all()).some(({ stages }) => Object.hasOwn(stages, stage)))
      throw new Problem('invalid-query', { errors: [{ path: 'stage', message: 'is not a stage' }] });
  }
}
