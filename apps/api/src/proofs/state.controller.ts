import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { readPolicy, sealerName, SealedLog, statesOfWitnesses } from '#audit';
import { base64 } from '#audit/verifier';
import type { Person } from '#identity';
import { Needs } from '../http/needs.js';
import { SignedIn } from '../http/sent.js';
import { Installation } from '../installation.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { mustAudit } from './bundle-subjects.js';
import { SealedStateAnswer } from './proofs.dto.js';

/** Events beyond what is sealed are counted so far. */
const mostBehind = 1000;

@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/v1/audit/state')
export class SealedStateController {
  constructor(
    private readonly installation: Installation,
    private readonly log: SealedLog,
    private readonly views: Views,
  ) {}

  /** How far history is sealed, by which key, and what each witness saw last. For auditors. */
  @Get()
  @Needs('read')
  async state(@Query() { minPosition }: ReadQuery, @SignedIn() person: Person): Promise<SealedStateAnswer> {
    mustAudit(person);
    await this.views.upTo(minPosition, [sealerName]);
    const { config, database, store } = this.installation;
    const policy = config.audit.policy === undefined ? null : readPolicy(config.audit.policy);
    const [newest, { position }, witnesses] = await Promise.all([this.log.newest(), this.log.state(), statesOfWitnesses(database, policy)]);
    const { events } = await store.readAll({ from: position, limit: mostBehind });
    return {
      origin: newest ? this.log.origin : null,
      key: newest ? this.log.verifierKey : null,
      size: newest?.size ?? 0,
      root: newest ? base64(newest.root) : null,
      sealedAt: newest?.signedAt ?? null,
      behind: events.length,
      witnessedSize: await this.log.witnessedSize(),
      witnesses: [...witnesses],
    };
  }
}
