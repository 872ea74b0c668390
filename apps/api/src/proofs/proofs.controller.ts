import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotSealed, sealerName, SealedLog } from '#audit';
import type { Inclusion } from '#audit';
import { base64, encodeTlogProof, openLeaf, textOf, utf8 } from '#audit/verifier';
import type { Person } from '#identity';
import { procedureIdOf } from '#procedures';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { isUuid, SignedIn } from '../http/sent.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { Views } from '../reading/views.js';
import { ConsistencyAnswer, ConsistencyQuery, ProofQuery } from './proofs.dto.js';

/** What proves to a stranger that an event stands in the log, and that the log only grew. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/v1/audit')
export class ProofsController {
  constructor(
    private readonly log: SealedLog,
    private readonly views: Views,
    private readonly seen: SeenProcedure,
  ) {}

  /** Proves an event, as c2sp.org/tlog-proof has it, with the leaf as its extra. For auditors, and for whoever may open the procedure whose event it is. */
  @Get('proof')
  @Needs('read')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async proof(@Query() query: ProofQuery, @SignedIn() by: Person, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { position, event, size, minPosition } = query;
    if ((position === undefined) === (event === undefined))
      throw new Problem('invalid-query', { errors: [{ path: 'position', message: 'must be given, or event, and not both' }] });
    // What was answered a moment ago is sealed within the next.
    const head = await this.views.head();
    if (position !== undefined && BigInt(position) <= head) await this.views.upTo(position, [sealerName]);
    await this.views.upTo(minPosition, [sealerName]);
    const asked = position === undefined ? { id: event?.toLowerCase() ?? '' } : { position: BigInt(position) };
    const proof = await sealedOrNot(() => this.log.prove(asked, size === undefined ? undefined : Number(size)));
    if (!(await this.mayHave(proof, by))) throw new Problem('not-found');
    const { leaf: extra, index, hashes, tree } = proof;
    reply.type('text/plain; charset=utf-8').header('content-disposition', `attachment; filename="leaf-${String(index)}.tlog-proof"`);
    return textOf(encodeTlogProof({ extra, index, hashes, checkpoint: utf8(tree.note) }));
  }

  /** Proves that the later tree begins with all leaves of the earlier one. */
  @Get('consistency')
  @Needs('read')
  async consistency(@Query() { from, to, minPosition }: ConsistencyQuery): Promise<ConsistencyAnswer> {
    await this.views.upTo(minPosition, [sealerName]);
    if (Number(from) > Number(to)) throw new Problem('invalid-query', { errors: [{ path: 'from', message: 'must not be more than to' }] });
    const hashes = await sealedOrNot(() => this.log.consistency(Number(from), Number(to)));
    return { from: Number(from), to: Number(to), hashes: hashes.map(base64) };
  }

  private async mayHave({ leaf }: Inclusion, by: Person): Promise<boolean> {
    if (by.roles.some(({ role }) => role === 'auditor')) return true;
    const opened = openLeaf(leaf);
    if ('head' in opened) return false;
    const procedure = procedureIdOf(opened.stream);
    return opened.stream === `procedure-${procedure}` && isUuid(procedure) && (await this.seen.isSeen(procedure, by));
  }
}

async function sealedOrNot<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotSealed) throw new Problem('not-found', { detail: error.message });
    throw error;
  }
}
