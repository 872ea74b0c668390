import { createHash } from 'node:crypto';
import { Controller, Get, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { create as disposition } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { everyPaper, paperKinds } from '#reporting';
import { isKnown } from '../http/known-answer.js';
import { Needs } from '../http/needs.js';
import { Records } from '../http/records.js';
import { languageOf } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { mustStillBeSignedIn } from '../http/still-signed-in.js';
import { Imprints } from '../proofs/imprints.js';
import type { Imprint } from '../proofs/imprints.js';
import { Views } from '../reading/views.js';
import { PaperMoments } from './paper-moments.js';
import { PaperQuery, PapersAnswer } from './papers.dto.js';
import { Papers, paperNamed } from './papers.js';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Official papers about procedures, laid out as Decree 30/2020 says, to be signed outside. */
@ApiTags('papers')
@ApiBearerAuth()
@Controller('api/v1/papers')
export class PapersController {
  constructor(
    private readonly papers: Papers,
    private readonly moments: PaperMoments,
    private readonly views: Views,
    private readonly directory: Directory,
    private readonly imprints: Imprints,
  ) {}

  /** Every paper with the placeholders that its template may hold. */
  @Get()
  @Needs('read')
  list(@Req() { headers }: FastifyRequest): PapersAnswer {
    const language = languageOf(headers['accept-language']);
    return {
      items: Object.values(everyPaper).map(({ kind, title, selectedBy, mostProcedures, placeholders }) => ({
        ...{ paper: kind, title: title[language], mostProcedures },
        selectedBy: selectedBy === 'filters' || selectedBy === undefined ? (selectedBy ?? null) : 'decision',
        placeholders: Object.entries(placeholders).map(([name, one]) => ({ name, title: one.title[language], isBlock: 'blocks' in one })),
      })),
    };
  }

  /** The paper about these procedures as they stand, or as they stood by the wording and the units of then. What the caller may not see is not in it; where nothing is left, or an id is of none, it is 404. */
  @Get(':paper')
  @Needs('read')
  @Records({ type: 'PaperWritten', subject: (request) => paperNamed((request.params as { readonly paper: string }).paper).kind })
  @ApiParam({ name: 'paper', enum: paperKinds })
  @ApiProduces(docx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, headers: { ETag: { description: 'The same for the same answer.', schema: { type: 'string' } } } })
  async read(
    @Param('paper') name: string,
    @Query() query: PaperQuery,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const paper = paperNamed(name);
    const { asOf, sight } = await this.views.open(['review_results', 'register'], query, person);
    const moment = await this.moments.of(paper.kind, query.asOf, asOf);
    const tag = this.tagOf([person.id, name, query, sight, asOf.position, this.views.asOf('register').position, moment.asOf.position, moment.wording.version]);
    void reply.headers({ 'cache-control': 'private, no-cache', etag: tag });
    if (isKnown(request.headers['if-none-match'], tag)) {
      void reply.status(304);
      return undefined;
    }
    const imprintAt = (position: string): Promise<Imprint> => this.imprints.of(position, 'vi');
    const file = await this.papers.write(paper, query, { by: person, moment, imprintAt, stillMay: () => mustStillBeSignedIn(request) });
    return new StreamableFile(file.bytes, { type: docx, disposition: disposition(file.name, { fallback: `${name}.docx` }), length: file.bytes.length });
  }

  private tagOf(of: readonly unknown[]): string {
    const known = [...of, this.directory.edition(), this.directory.date()];
    return `"${createHash('sha256').update(JSON.stringify(known)).digest('base64url')}"`;
  }
} // prettier-ignore
