import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Person } from '#identity';
import { begun } from '../http/begun.js';
import { Needs } from '../http/needs.js';
import { SignedIn } from '../http/sent.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { RegisterExport } from './register-export.js';

/** What goes out whole. */
@ApiTags('exports')
@ApiBearerAuth()
@Controller('api/v1/exports')
export class ExportsController {
  constructor(private readonly register: RegisterExport) {}

  /** The register as it stands at one position, as JSON Lines by `docs/register-export.schema.json`: a header, each procedure that the caller may see in order of ids, and a trailer without which it is not whole. */
  @Get('register')
  @Needs('read')
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(@Query() { minPosition }: ReadQuery, @SignedIn() person: Person, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const lines = await begun(this.register.lines(person, { minPosition, request }));
    return new StreamableFile(Readable.from(lines, { highWaterMark: 1 }), {
      type: 'application/x-ndjson; charset=utf-8',
      disposition: 'attachment; filename="register.jsonl"',
    });
  }
}
