import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Administration, Directory } from '#identity';
import type { Person } from '#identity';
import type { Delegation, Sent } from '#workflow';
import { newId, orderOf } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { Views } from '../reading/views.js';
import { pageOf } from '../reading/page-of.js';
import { AdministeredAnswer, idIn, wrong } from './administered.js';
import { DelegateDto, DelegationsAnswer, DelegationsQuery, RevokeDelegationDto } from './delegations.dto.js';
import type { DelegationState } from './delegations.dto.js';

@ApiTags('administration')
@ApiBearerAuth()
@Controller('api/v1/delegations')
export class DelegationsController {
  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly views: Views,
  ) {}

  /** One's own in both directions; for administrators and auditors those of the people they administer, or of all. */
  @Get()
  @Needs('read')
  async list(@Query() query: DelegationsQuery, @SignedIn() person: Person): Promise<DelegationsAnswer> {
    await this.views.directoryUpTo(query.minPosition);
    const isAuditor = person.roles.some(({ role }) => role === 'auditor');
    const about = query.person?.toLowerCase();
    const shown = this.directory
      .delegations()
      .filter(({ from, to }) => isAuditor || from === person.id || to === person.id || this.administered(from, person))
      .filter(({ from, to }) => about === undefined || from === about || to === about)
      .filter((one) => query.state === undefined || this.stateOf(one) === query.state);
    const ordered = query.order === '-startsOn' ? shown.toReversed() : shown;
    const { items, nextCursor } = pageOf('delegations', ordered, ({ id }) => id, query);
    return { items: items.map((one) => this.shown(one, person)), nextCursor };
  }

  /** Lets somebody act for another person, who says so, or an administrator of both. */
  @Post()
  @Needs('in-person')
  async delegate(@Body() body: DelegateDto, @HowSent() sent: Sent, @SignedIn() person: Person): Promise<AdministeredAnswer> {
    const [from, to] = [body.from.toLowerCase(), body.to.toLowerCase()];
    const order = orderOf(sent, person);
    if (body.endsOn < body.startsOn) wrong('endsOn', 'must not be before startsOn', 'không được trước ngày đầu');
    if (!(await this.administration.isSentAgain('delegation', from, order))) {
      this.checkKnown(from, 'from');
      this.checkKnown(to, 'to');
      if (body.endsOn < this.directory.date()) wrong('endsOn', 'must not be in the past', 'ngày này đã qua');
    }
    const { actions, startsOn, endsOn } = body;
    const delegation = { id: newId('delegation', sent, person), from, to, actions, startsOn, endsOn, reason: body.reason.normalize('NFC') };
    return this.administration.delegate(delegation, order);
  }

  /** Ends it at once. For whoever is acted for, or their administrator. */
  @Post(':id/revoke')
  @Needs('in-person')
  @HttpCode(200)
  async revoke(
    @Param('id') id: string,
    @Body() { reason }: RevokeDelegationDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    return this.administration.revokeDelegation(idIn(id), reason, orderOf(sent, person));
  }

  private checkKnown(id: string, path: string): void {
    if (!this.directory.person(id)) wrong(path, 'is nobody who is known', 'không có người này');
  }

  private shown({ revoked, actions, ...one }: Delegation, by: Person): DelegationsAnswer['items'][number] {
    const state = this.stateOf({ revoked, actions, ...one });
    const name = (id: string): string | null => this.directory.person(id)?.name ?? null;
    return {
      ...one,
      actions: actions === 'all' ? 'all' : [...actions],
      fromName: name(one.from),
      toName: name(one.to),
      state,
      mayRevoke: (state === 'coming' || state === 'inForce') && (one.from === by.id || this.administered(one.from, by)),
    };
  }

  private administered(id: string, by: Person): boolean {
    const person = this.directory.person(id);
    return person !== undefined && this.directory.roleOver(by, person) !== null;
  }

  private stateOf({ revoked, startsOn, endsOn }: Delegation): DelegationState {
    const today = this.directory.date();
    if (revoked) return 'revoked';
    return today < startsOn ? 'coming' : today > endsOn ? 'ended' : 'inForce';
  }
}
