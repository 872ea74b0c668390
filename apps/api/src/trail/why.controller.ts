import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { Pasts } from '../reading/pasts.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { RefusalsSeen } from './refusals-seen.js';
import { WhyAnswer } from './why.dto.js';
import { Why } from './why.js';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/v1')
export class WhyController {
  constructor(
    private readonly why: Why,
    private readonly pasts: Pasts,
    private readonly views: Views,
    private readonly refusals: RefusalsSeen,
  ) {}

  /** Why that was done: what held at that moment, what each rule said and what that rests on, and whether today's code decides the same. */
  @Get('procedures/:id/revisions/:revision/why')
  @Needs('read')
  @UseGuards(SeenProcedure)
  async ofRevision(
    @Param('id') id: string,
    @Param('revision') revision: string,
    @Query() { minPosition }: ReadQuery,
    @SignedIn() person: Person,
  ): Promise<WhyAnswer> {
    await this.views.upTo(minPosition, ['register']);
    if (!/^\d{1,9}$/.test(revision)) throw new Problem('not-found');
    const answer = await this.pasts.inTurn(person, () => this.why.revision(id, Number(revision)));
    if (!answer) throw new Problem('not-found');
    return answer;
  }

  /** The same of a command that was refused, by the position of the refusal: for whoever sees the procedure, auditors, and whoever was refused. */
  @Get('audit/refusals/:position/why')
  @Needs('read')
  async ofRefusal(
    @Param('position') position: string,
    @Query() { minPosition }: ReadQuery,
    @SignedIn() person: Person,
  ): Promise<WhyAnswer> {
    await this.views.upTo(minPosition, ['refusals']);
    const refusal = await this.refusals.find(position, person);
    if (!refusal) throw new Problem('not-found');
    return this.pasts.inTurn(person, () => this.why.refusal(refusal));
  }
}
