import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { countProcedures, listProcedures, similarProcedures } from '#procedures';
import { Needs } from '../http/needs.js';
import { Records } from '../http/records.js';
import { languageOf } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { mustStillBeSignedIn } from '../http/still-signed-in.js';
import { Settings } from '../settings.js';
import { ProceduresAnswer, SimilarAnswer } from './answers.dto.js';
import { ExportQuery, ProceduresQuery, SimilarQuery } from './reading.dto.js';
import { RegisterFilters, viewsOf } from './register-filters.js';
import type { RegisterFilter } from './register-filters.js';
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
    private readonly filters: RegisterFilters,
    private readonly settings: Settings,
    private readonly directory: Directory,
  ) {}

  /** The register, by filters and words. */
  @Get('procedures')
  @Needs('read')
  async list(@Query() query: ProceduresQuery, @SignedIn() person: Person): Promise<ProceduresAnswer> {
    const { sort, cursor, limit, ids, codes } = query;
    const { asOf, sight, units } = await this.views.open(viewsOf(query), query, person);
    const named = { ids: ids?.split(','), codes: codes?.split(',') };
    const filters = { ...(await this.filters.of(query, sight)), ...named, sight, units };
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
  @Records({ type: 'ListExported', subject: 'procedures' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(@Query() query: ExportQuery, @SignedIn() person: Person, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const { sight } = await this.views.open(viewsOf(query), query, person);
    // Asked once for all pages, and before the file begins, so that what is wrong with it can still be said.
    const filter = await this.filters.of(query, sight);
    return new StreamableFile(Readable.from(this.exported(query, filter, request), { highWaterMark: 1 }), {
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
  private async *exported(query: ExportQuery, filter: RegisterFilter, request: FastifyRequest): AsyncGenerator<string> {
    const { unit, sort, separator = ',' } = query;
    yield csvHeader(languageOf(request.headers['accept-language']), separator);
    for (let cursor: string | null | undefined; cursor !== null;) {
      if (cursor !== undefined) await mustStillBeSignedIn(request);
      const present = this.directory.person(request.person?.id ?? '');
      if (!present) return;
      const { sight, units } = await this.views.open(viewsOf(query), { unit }, present);
      const page = await listProcedures(this.settings.database, { ...filter, sight, units, sort, limit: exportedAtOnce, cursor });
      yield csvOf(page.items, this.directory.units(), separator);
      cursor = page.nextCursor;
    }
  }
}
