import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Bundles, findRequest, keepRequest, SealedLog } from '#audit';
import type { BundleScope } from '#audit';
import { Turns } from '#identity';
import type { Person } from '#identity';
import { Needs } from '../http/needs.js';
import { onceClosed } from '../http/once-closed.js';
import { Problem } from '../http/problem.js';
import { Records } from '../http/records.js';
import { isUuid, SignedIn } from '../http/sent.js';
import { partiesOf, SharedPlaces } from '../http/shared-places.js';
import { mustStillBeSignedIn } from '../http/still-signed-in.js';
import { Installation } from '../installation.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { mustAudit, proceduresIn, sightOfEvents, subjectOf, viewsOfSight } from './bundle-subjects.js';
import { BundleAnswer, BundleRequestDto } from './proofs.dto.js';
import { UnitSheets } from './unit-sheets.js';

/** Parts of the log with their proofs, as one zip that verifies offline. For auditors. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/v1/audit/bundles')
export class BundlesController {
  /** A unit may have 50,000 procedures to look through when its pack is asked for. */
  private readonly turns = new Turns({ atOnce: 2, mostWaitingOfOne: 20, mostWaiting: 100 });
  /** Each reads the log while it goes out, however slowly. */
  private readonly places = new SharedPlaces({ most: 10, mostOfOne: 2, mostOfPrograms: 2, of: 'bundles go out', retryAfterSeconds: 10 });

  constructor(
    private readonly installation: Installation,
    private readonly log: SealedLog,
    private readonly bundles: Bundles,
    private readonly sheets: UnitSheets,
    private readonly seen: SeenProcedure,
  ) {}

  /** Asks for everything of a procedure, a programme or the procedures of a unit, what was recorded in a period, or all, as it is at this moment. What the caller is not cleared for comes without its data. */
  @Post()
  @Needs('read')
  @Records({
    type: 'BundleMade',
    subject: ({ body }) =>
      `bundle of ${Object.entries(scopeOf(body as BundleRequestDto))
        .flat()
        .join(' ')}`,
  })
  @HttpCode(202)
  async request(@Body() body: BundleRequestDto, @SignedIn() person: Person): Promise<BundleAnswer> {
    mustAudit(person);
    const { database, views, clock } = this.installation;
    const scope = scopeOf(body);
    if ('procedure' in scope && !(await this.seen.isSeen(scope.procedure, person))) throw new Problem('not-found');
    const procedures = 'unit' in scope ? await this.turns.take(partiesOf(person)[0], () => this.proceduresOf(scope, person)) : null;
    const [id, position] = [randomUUID(), await views.head()];
    await keepRequest(database, { id, scope, procedures, person: person.id, position, askedAt: clock.now() });
    return { id, state: await this.stateAt(position) };
  }

  /** The zip; 202 until all that it is to hold is sealed. It is made while it goes out, and can be fetched again for thirty days. */
  @Get(':id')
  @Needs('read')
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async bundle(
    @Param('id') id: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | BundleAnswer> {
    mustAudit(person);
    const { database, directory, views } = this.installation;
    const asked = isUuid(id) ? await findRequest(database, id, person.id) : null;
    if (!asked) throw new Problem('not-found');
    await views.upTo(String(asked.position), viewsOfSight);
    const gone = new AbortController();
    const giveBack = this.places.take(person);
    onceClosed(reply.raw, () => {
      giveBack();
      gone.abort();
    });
    const sight = await sightOfEvents(database, directory.sightOf(person));
    const stillMay = async (): Promise<void> => {
      await mustStillBeSignedIn(request);
      mustAudit(directory.person(person.id) ?? person);
    };
    const subject = { ...subjectOf(asked, sight), sheets: this.sheets.of(asked, { by: person, stillMay }) };
    const zip = await this.bundles.open(asked, subject, { maySee: sight.maySee, stillMay, signal: gone.signal });
    if (!zip) {
      reply.status(202);
      return { id, state: 'waiting' };
    }
    return new StreamableFile(zip, { type: 'application/zip', disposition: `attachment; filename="bundle-${id}.zip"` });
  }

  /** What was done a moment ago counts. */
  private async proceduresOf(scope: BundleScope, person: Person): Promise<readonly string[] | null> {
    const { database, directory, views } = this.installation;
    const head = String(await views.head());
    await views.upTo(head, ['register', 'trail']);
    await views.directoryUpTo(head);
    return proceduresIn(scope, database, { units: directory.units(), sight: directory.sightOf(person) });
  }

  private async stateAt(position: bigint): Promise<BundleAnswer['state']> {
    const { sealed } = await this.log.provenUpTo();
    return sealed !== null && sealed >= position ? 'ready' : 'waiting';
  }
}

/** @throws Problem where it is none, or several */
function scopeOf({ procedure, programme, unit, from, to, period, all }: BundleRequestDto): BundleScope {
  if (unit === undefined && (from ?? to) !== undefined)
    throw new Problem('invalid-body', {
      errors: [{ path: from === undefined ? 'to' : 'from', message: 'belongs to a unit', vi: 'chỉ đi cùng đơn vị' }],
    });
  if (from !== undefined && to !== undefined && to < from)
    throw new Problem('invalid-body', {
      errors: [{ path: 'to', message: 'must not be before from', vi: 'không được trước ngày bắt đầu' }],
    });
  const scopes: readonly BundleScope[] = [
    ...(procedure === undefined ? [] : [{ procedure: procedure.toLowerCase() }]),
    ...(programme === undefined ? [] : [{ programme: programme.toLowerCase() }]),
    ...(unit === undefined ? [] : [{ unit: unit.toLowerCase(), ...(from !== undefined && { from }), ...(to !== undefined && { to }) }]),
    ...(period === undefined ? [] : [{ period }]),
    ...(all === undefined ? [] : [{ all }]),
  ];
  const [scope, ...others] = scopes;
  if (scope && others.length === 0) return scope;
  throw new Problem('invalid-body', {
    errors: [{ path: 'procedure', message: 'must be given, or programme, unit, period or all, and one of them alone' }],
  });
}
