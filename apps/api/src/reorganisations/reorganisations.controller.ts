import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Rejected } from '#event-store';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { Reorganisations } from '#reorganisation';
import type { Plan, Reorganisation, ReorganisationRequest } from '#reorganisation';
import type { Sent } from '#workflow';
import { AdministeredAnswer, idIn } from '../administration/administered.js';
import { newId } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { languageOf, Problem, toldIn } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { NothingDto } from '../http/shape.js';
import { PageQuery, ReadQuery } from '../reading/reading.dto.js';
import { planOf } from './plan-of.js';
import { ReorganisationPreview } from './reorganisation-preview.js';
import { ReorganisationProgress } from './reorganisation-progress.js';
import {
  CancelReorganisationDto,
  PreviewAnswer,
  ReorganisationAnswer,
  ReorganisationDto,
  ReorganisationsAnswer,
} from './reorganisations.dto.js';

const pageSize = 50;

/** What is to become of units, by decision and on a day: merged, split, a field handed over, a level ended. */
@ApiTags('administration')
@ApiBearerAuth()
@Controller('api/v1/reorganisations')
export class ReorganisationsController {
  constructor(
    private readonly reorganisations: Reorganisations,
    private readonly directory: Directory,
    private readonly preview: ReorganisationPreview,
    private readonly progress: ReorganisationProgress,
  ) {}

  /** Those that concern none but units which the caller administers, the newest first; an auditor sees all. */
  @Get()
  @Needs('read')
  async list(@Query() { cursor, limit, minPosition }: PageQuery, @SignedIn() person: Person): Promise<ReorganisationsAnswer> {
    return this.progress.list({ units: this.reorganisations.seenBy(person), cursor, limit: Number(limit ?? pageSize) }, minPosition);
  }

  /** How it stands, and how far it has come. */
  @Get(':id')
  @Needs('read')
  async read(
    @Param('id') id: string,
    @Query() { minPosition }: ReadQuery,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @SignedIn() person: Person,
  ): Promise<ReorganisationAnswer> {
    const { state, revision } = await this.seen(idIn(id), person);
    reply.header('etag', `"${String(revision)}"`);
    const language = languageOf(headers['accept-language']);
    const told = (state.halted?.unmet ?? []).map((one) => ({ ...one, message: toldIn(language, one) }));
    const { shown, seesAll } = await this.progress.of(idIn(id), state, person, minPosition);
    const allowed = this.reorganisations.allowed(state, person).filter((action) => action !== 'amend' || seesAll);
    return { ...shown, revision, unmet: told, allowed };
  }

  /** What it would move today, and what stands against it. */
  @Post('preview')
  @Needs('administer')
  @HttpCode(200)
  async look(@Body() body: ReorganisationDto, @Req() request: FastifyRequest, @SignedIn() person: Person): Promise<PreviewAnswer> {
    const plan = planOf(body, this.directory);
    if (!this.reorganisations.isSeen(plan, person)) throw notTheirs();
    return this.looked(plan, request, person);
  }

  /** The same of one that is planned. */
  @Get(':id/preview')
  @Needs('read')
  async lookAgain(
    @Param('id') id: string,
    @Query() { minPosition }: ReadQuery,
    @Req() request: FastifyRequest,
    @SignedIn() person: Person,
  ): Promise<PreviewAnswer> {
    const { state } = await this.seen(idIn(id), person);
    return this.looked(state.plan, request, person, minPosition);
  }

  /** Plans it. It is done on its day, at once where that is today, with the rights that the caller has then. */
  @Post()
  @Needs('administer')
  async plan(@Body() body: ReorganisationDto, @HowSent() sent: Sent, @SignedIn() person: Person): Promise<AdministeredAnswer> {
    const id = newId('reorganisation', sent, person);
    return this.decide(id, { action: 'plan-reorganisation', plan: planOf(body, this.directory) }, sent, person);
  }

  /** Plans it otherwise, until it begins; from then on with the rights of the caller, who has to see all procedures that it names. */
  @Post(':id/amend')
  @Needs('administer')
  @HttpCode(200)
  async amend(
    @Param('id') id: string,
    @Body() body: ReorganisationDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const { state } = await this.known(idIn(id));
    const mayAmend = this.reorganisations.allowed(state, person).includes('amend');
    // What they do not see would be left out, and nobody told.
    if (mayAmend && !(await this.progress.seesAll(state.plan.steps, person)) && !(await this.reorganisations.hasAccepted(idIn(id), sent)))
      throw notSeen();
    return this.decide(idIn(id), { action: 'amend-reorganisation', plan: planOf(body, this.directory) }, sent, person);
  }

  /** Ends it where it is. What was done stays. */
  @Post(':id/cancel')
  @Needs('administer')
  @HttpCode(200)
  async cancel(
    @Param('id') id: string,
    @Body() { reason }: CancelReorganisationDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    await this.known(idIn(id));
    return this.decide(idIn(id), { action: 'cancel-reorganisation', reason }, sent, person);
  }

  /** Goes on where it stands still; from then on with the rights of the caller. */
  @Post(':id/resume')
  @Needs('administer')
  @HttpCode(200)
  async resume(@Param('id') id: string, @Body() _: NothingDto, @HowSent() sent: Sent, @SignedIn() person: Person): Promise<AdministeredAnswer> {
    await this.known(idIn(id));
    return this.decide(idIn(id), { action: 'resume-reorganisation' }, sent, person);
  } // prettier-ignore

  private async decide(id: string, request: ReorganisationRequest, sent: Sent, person: Person): Promise<AdministeredAnswer> {
    // Whoever names procedures has to see them; the log says nothing of who sees what.
    if ('plan' in request && this.reorganisations.isSeen(request.plan, person)) {
      const [first, ...others] = await this.preview.unseenIn(request.plan.steps, person);
      if (first && !(await this.reorganisations.hasAccepted(id, sent))) throw new Rejected([first, ...others]);
    }
    return this.reorganisations.decide(id, request, person, sent);
  }

  private async looked(plan: Plan, { headers }: FastifyRequest, person: Person, minPosition?: string): Promise<PreviewAnswer> {
    const { unmet, ...found } = await this.preview.of(plan.steps, person, minPosition);
    const language = languageOf(headers['accept-language']);
    return { ...found, unmet: unmet.map((one) => ({ ...one, message: toldIn(language, one) })) };
  }

  private async known(id: string): Promise<{ readonly state: Reorganisation; readonly revision: number }> {
    return (await this.reorganisations.find(id)) ?? notFound();
  }

  private async seen(id: string, person: Person): ReturnType<typeof this.known> {
    const found = await this.known(id);
    if (!this.reorganisations.isSeen(found.state.plan, person)) throw notTheirs();
    return found;
  }
}

const notTheirs = (): Problem => new Problem('not-authorised', { detail: 'This is for administrators of all units that it concerns.' });

const notSeen = (): Problem =>
  new Problem('not-authorised', { detail: 'It names procedures that you do not see: cancel it, or leave it to who does.' });

function notFound(): never {
  throw new Problem('not-found');
}
