import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '#identity';
import { begun } from '../http/begun.js';
import { Needs } from '../http/needs.js';
import { onceClosed } from '../http/once-closed.js';
import { Records } from '../http/records.js';
import { SignedIn } from '../http/sent.js';
import { SharedPlaces } from '../http/shared-places.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { RegisterExport } from './register-export.js';

/** What goes out whole. */
@ApiTags('exports')
@ApiBearerAuth()
@Controller('api/v1/exports')
export class ExportsController {
  /** Each keeps procedures of its page, however slowly it is read. */
  private readonly places = new SharedPlaces({
    most: 20,
    mostOfOne: 2,
    mostOfPrograms: 4,
    of: 'exports are under way',
    retryAfterSeconds: 10,
  });

  constructor(private readonly register: RegisterExport) {}

  /** The register as it stands at one position, as JSON Lines by `docs/register-export.schema.json`: a header, each procedure that the caller may see in order of ids, and a trailer without which it is not whole. */
  @Get('register')
  @Needs('read')
  @Records({ type: 'RegisterExported', subject: 'register' })
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @Query() { minPosition }: ReadQuery,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    onceClosed(reply.raw, this.places.take(person));
    const lines = await begun(this.register.lines(person, { minPosition, request }));
    return new StreamableFile(Readable.from(lines, { highWaterMark: 1 }), {
      type: 'application/x-ndjson; charset=utf-8',
      disposition: 'attachment; filename="register.jsonl"',
    });
  }
}
