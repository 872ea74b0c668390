import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Needs } from '../http/needs.js';
import { languageOf } from '../http/problem.js';
import { Imprints } from './imprints.js';
import { ImprintAnswer, ImprintQuery } from './proofs.dto.js';

/** For whoever prints what they read, such as the pages. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/v1/audit/imprint')
export class ImprintController {
  constructor(private readonly imprints: Imprints) {}

  /** What reports and papers say of a position of the log when they are printed: by which checkpoint it can be verified, in a line and as the text of a QR code. In the language that is accepted. */
  @Get()
  @Needs('read')
  imprint(@Query() { position }: ImprintQuery, @Req() { headers }: FastifyRequest): Promise<ImprintAnswer> {
    return this.imprints.of(position ?? null, languageOf(headers['accept-language']));
  }
}
