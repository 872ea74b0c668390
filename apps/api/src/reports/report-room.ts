import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, IntersectionType } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '#identity';
import type { Report, ReportColumn } from '#reporting';
import { begun } from '../http/begun.js';
import { isKnown } from '../http/known-answer.js';
import { Needs } from '../http/needs.js';
import { Records } from '../http/records.js';
import { languageOf } from '../http/problem.js';
import { partiesOf } from '../http/shared-places.js';
import { SignedIn } from '../http/sent.js';
import { mustStillBeSignedIn } from '../http/still-signed-in.js';
import { Imprints } from '../proofs/imprints.js';
import { LongPageQuery, MomentQuery } from '../reading/reading.dto.js';
import { CompareAnswer, ExplainAnswer, describedModels } from './report-answers.dto.js';
import type { ReportAnswer } from './report-answers.dto.js';
import { fileWriters } from './report-files.js';
import { CompareQuery, ExplainQuery, FormQuery, UnitsQuery } from './report-queries.dto.js';
import { Reports } from './reports.js';
import type { ReportQuery } from './reports.js';

interface Room<Own extends object, Asks extends ReportQuery & Own> {
  readonly report: Report<Own>;
  /** What it is asked with, besides the moment and the form. */
  readonly query: Type<Asks>;
  /** What it answers. */
  readonly answer: Type<ReportAnswer>;
  /** A sentence on what it says. */
  readonly summary: string;
  /** Its rows come in pages. */
  readonly isPaged?: boolean;
  /** (Default: from its name) */
  readonly operationId?: string;
}

const explainedAtOnce = 50;
const pageSize = 200;

/** The calls of a report: it itself, at two moments, and what a cell rests on. */
export function reportRoom<Own extends object, Asks extends ReportQuery & Own>({ report, query: Filters, answer, summary, isPaged = false, operationId }: Room<Own, Asks>): Type<object> {
  const Form: Type<FormQuery> = isPaged ? IntersectionType(FormQuery, LongPageQuery) : FormQuery;
  const Asking = IntersectionType(Filters as Type<ReportQuery>, UnitsQuery);
  const AskedQuery = IntersectionType(Asking, Form) as Type<Asks & FormQuery & Partial<LongPageQuery>>;
  const ComparedQuery = IntersectionType(Asking, CompareQuery) as Type<Asks & CompareQuery>;
  const ExplainedQuery = IntersectionType(Asking, MomentQuery, ExplainQuery) as Type<Asks & MomentQuery & ExplainQuery>;
  const id = operationId ?? `Reports_${report.name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}`;

  @ApiTags('reading')
  @ApiBearerAuth()
  @ApiExtraModels(...describedModels)
  @Controller(`api/v1/reports/${report.name}`)
  class ReportController {
    constructor(
      @Inject(Reports) private readonly reports: Reports,
      @Inject(Imprints) private readonly imprints: Imprints,
    ) {}

    @Get()
    @Needs('read')
    @Records({ type: 'ReportExported', subject: report.name, when: ({ query }) => isFile(query) })
    @ApiOperation({ operationId: id, summary })
    @ApiOkResponse({ type: answer, headers: { ETag: { description: 'The same for the same answer.', schema: { type: 'string' } } } })
    async read(@Query() query: Asks & FormQuery & Partial<LongPageQuery>, @SignedIn() person: Person, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
      const { asOf, format = 'json', separator = ',', cursor, limit } = query;
      const question = await this.reports.ask(report, { query, asOf }, person);
      const language = languageOf(request.headers['accept-language']);
      const tag = `"${question.tag}-${language}"`;
      void reply.headers({ 'cache-control': 'private, no-cache', etag: tag, vary: 'Accept-Language' });
      if (isKnown(request.headers['if-none-match'], tag)) {
        void reply.status(304);
        return undefined;
      }
      const columns = columnsIn(language, report.columns(query));
      if (format === 'json') {
        const { rows, totals, nextCursor, moment, beside } = await this.reports.rows(question, { cursor, limit: Number(limit ?? pageSize) });
        return {
          asOf: moment ? { position: String(moment.position), at: moment.at.toISOString(), lagMs: 0 } : question.asOf,
          parameters: parametersIn(query),
          ...beside,
          columns: columns.map(shownColumn),
          rows,
          ...(totals && { totals }),
          ...(isPaged && { nextCursor: nextCursor ?? null }),
        };
      }
      const writer = fileWriters[format];
      const parts = await begun(this.reports.parts(question, () => mustStillBeSignedIn(request)));
      const file = writer.write({
        ...{ name: report.name, title: report.title[language], language, columns, separator, parts, party: partiesOf(person)[0] },
        ...{ parameters: parametersIn(query), asOf: question.asOf, imprint: () => this.imprints.of(question.asOf.position, language) },
      });
      return new StreamableFile(Readable.from(file, { highWaterMark: 1 }), {
        type: writer.contentType,
        disposition: `attachment; filename="${report.name}.${format}"`,
      });
    }

    @Get('compare')
    @Needs('read')
    @ApiOperation({ operationId: `${id}Compare`, summary: 'The same at two moments.' })
    @ApiOkResponse({ type: CompareAnswer })
    async compare(@Query() query: Asks & CompareQuery, @SignedIn() person: Person, @Req() { headers }: FastifyRequest): Promise<object> {
      const at = await this.reports.ask(report, { query, asOf: query.at, key: 'at' }, person);
      const other = await this.reports.ask(report, { query, asOf: query.with, key: 'with' }, person);
      const rows = await this.reports.compare(at, other);
      const columns = columnsIn(languageOf(headers['accept-language']), report.columns(query)).map(shownColumn);
      return { at: at.asOf, with: other.asOf, parameters: parametersIn(query), columns, rows };
    }

    @Get('explain')
    @Needs('read')
    @ApiOperation({ operationId: `${id}Explain`, summary: 'The events that a cell rests on, and what each contributes.' })
    @ApiOkResponse({ type: ExplainAnswer })
    async explain(@Query() query: Asks & MomentQuery & ExplainQuery, @SignedIn() person: Person): Promise<object> {
      const { asOf, row, column, cursor, limit } = query;
      const question = await this.reports.ask(report, { query, asOf }, person);
      const explained = await this.reports.explain(question, { row, column }, { cursor, limit: Number(limit ?? explainedAtOnce) });
      return { asOf: question.asOf, ...explained };
    }
  }
  // What decorators find here is the type of the parameter, and that is only known where the room is made.
  const asks = (method: keyof ReportController, query: Type<unknown>): void => {
    const types = Reflect.getMetadata('design:paramtypes', ReportController.prototype, method) as unknown[];
    Reflect.defineMetadata('design:paramtypes', [query, ...types.slice(1)], ReportController.prototype, method);
  };
  asks('read', AskedQuery);
  asks('compare', ComparedQuery);
  asks('explain', ExplainedQuery);
  return ReportController;
} // prettier-ignore

/** Whether an answer goes out as a file; as JSON it is read on the screen. */
const isFile = (query: unknown): boolean => ((query as FormQuery).format ?? 'json') !== 'json';

type TitledColumn = Omit<ReportColumn, 'title'> & { readonly title: string };

const columnsIn = (language: 'vi' | 'en', columns: readonly ReportColumn[]): readonly TitledColumn[] =>
  columns.map((column) => ({ ...column, title: column.title[language] }));

const shownColumn = ({ key, title, unit }: TitledColumn): object => ({ key, title, ...(unit !== undefined && { unit }) });

/** What only says how the answer goes out. */
const aside: readonly string[] = ['minPosition', 'format', 'separator', 'cursor', 'limit', 'at', 'with', 'row', 'column'];
const parametersIn = (query: object): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter(([name, value]) => value !== undefined && !aside.includes(name)));
