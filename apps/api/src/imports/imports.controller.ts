import { setTimeout as delay } from 'node:timers/promises';
import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Imports } from '#imports';
import type { Import } from '#imports';
import type { Person } from '#identity';
import type { Sent } from '#workflow';
import { idIn } from '../administration/administered.js';
import { takingFile } from '../attachments/upload.js';
import { newId } from '../http/must-administer.js';
import { isCovered, Needs } from '../http/needs.js';
import { languageOf, Problem } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { partiesOf, SharedPlaces } from '../http/shared-places.js';
import { mustStillBeSignedIn } from '../http/still-signed-in.js';
import { entranceOf } from '../jobs/entrances.js';
import { ImportAnswer, ImportQuery, TemplateQuery } from './imports.dto.js';
import { ImportRunner } from './import-runner.js';
import { ImportKinds } from './import-kinds.js';
import { receiveSheet } from './receive-sheet.js';
import { Templates, templateTypes } from './template.js';

/** How long the answer waits for a small sheet to be done with. */
const patienceMs = 1_500;
const againMs = 50;

/** What people bring in from sheets. */
@ApiTags('imports')
@ApiBearerAuth()
@Controller('api/v1/imports')
export class ImportsController {
  private readonly places = new SharedPlaces({
    ...{ most: 4, mostOfOne: 1, mostOfPrograms: 1 },
    ...{ of: 'sheets are under way', retryAfterSeconds: 1 },
  });

  private readonly templates = new Templates();

  constructor(
    private readonly imports: Imports,
    private readonly runner: ImportRunner,
    private readonly kinds: ImportKinds,
  ) {}

  /**
   * Checks a sheet, and enters its rows unless it is a dry run: each as the single call does, for whoever may send that. With one row refused
   * nothing is entered, unless it is partial. Answers 200 when it is done with, 202 while it is worked on.
   */
  @Post()
  @Needs('commands', takingFile)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiOkResponse({ type: ImportAnswer })
  @HttpCode(202)
  async start(
    @Query() query: ImportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<ImportAnswer> {
    const { kind, dryRun = 'true', partial = 'false' } = query;
    const { needs } = this.kinds.named(kind);
    const scopes = request.caller?.scopes;
    if (scopes && !isCovered(needs, scopes)) throw new Problem('out-of-scope');
    const giveBack = this.places.take(person);
    try {
      const wanted = { id: newId('import', sent, person), person: person.id, entrance: entranceOf(request), parties: partiesOf(person), kind, dryRun: dryRun === 'true', partial: partial === 'true', correlationId: request.correlationId }; // prettier-ignore
      // Asked before it is whole, for nobody checks a sheet that has not come whole.
      const whole = (pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> => andThen(pieces, () => mustStillBeSignedIn(request));
      const { id } = await receiveSheet(request, ({ name: file, format, pieces }) =>
        this.imports.receive({ ...wanted, file, format }, whole(pieces)),
      );
      this.runner.wake();
      const imported = await this.looked(id, person);
      if (imported.endedAt !== null) reply.status(200);
      return shown(imported, request);
    } finally {
      giveBack();
    }
  }

  /** A sheet to be filled, with its titles in the language of the reader. */
  @Get('template')
  @Needs('read')
  @ApiProduces(...Object.values(templateTypes))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async template(@Query() { kind, format = 'xlsx' }: TemplateQuery, @Req() { headers }: FastifyRequest): Promise<StreamableFile> {
    const content = await this.templates.of(this.kinds.named(kind), format, languageOf(headers['accept-language']));
    return new StreamableFile(content, { type: templateTypes[format], disposition: `attachment; filename="${kind}.${format}"`, length: content.length }); // prettier-ignore
  }

  /** How far an import of the caller has come, and what is wrong with its sheet. */
  @Get(':id')
  @Needs('read')
  async one(@Param('id') id: string, @Req() request: FastifyRequest, @SignedIn() person: Person): Promise<ImportAnswer> {
    return shown(await this.own(id, person), request);
  }

  /** Ends an import of the caller where it is. What was entered stays. One that has ended already is left as it is. */
  @Post(':id/cancel')
  @Needs('commands')
  @HttpCode(200)
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest, @SignedIn() person: Person): Promise<ImportAnswer> {
    const imported = await this.own(id, person);
    await this.imports.end(imported.id, 'cancelled');
    return shown(await this.own(id, person), request);
  }

  /** Waits for what is done with soon, on whichever process, and after whatever else of the same person is under way. */
  private async looked(id: string, person: Person): Promise<Import> {
    for (const until = Date.now() + patienceMs; ;) {
      await this.runner.settled(id, until - Date.now());
      const imported = await this.own(id, person);
      if (imported.endedAt !== null || Date.now() >= until) return imported;
      await delay(againMs);
    }
  }

  private async own(id: string, { id: person }: Person): Promise<Import> {
    const imported = await this.imports.find(idIn(id));
    if (imported?.person !== person) throw new Problem('not-found');
    return imported;
  }
}

function shown(imported: Import, { headers }: FastifyRequest): ImportAnswer {
  const { id, kind, state, dryRun, partial, file, rows, accepted, repeated, refusedRows, refused, moreRefused, madeAt, endedAt } = imported;
  const language = languageOf(headers['accept-language']);
  const told = refused.map(({ row, column, code, message, vi }) => ({ row, column, code, message: language === 'vi' ? vi : message }));
  return { id, kind, state, dryRun, partial, file, rows, accepted, repeated, refusedRows, refused: told, moreRefused, madeAt, endedAt };
}

async function* andThen(pieces: AsyncIterable<Buffer>, check: () => Promise<void>): AsyncGenerator<Buffer> {
  yield* pieces;
  await check();
}
