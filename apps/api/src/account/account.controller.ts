import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Directory, Personal } from '#identity';
import type { Person } from '#identity';
import { isInForce } from '#workflow';
import type { HeldRole } from '#workflow';
import { idIn } from '../administration/administered.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { AccountAnswer, PreferencesDto, SavedViewAnswer, SavedViewsAnswer, SavedViewsQuery, SaveViewDto } from './account.dto.js';
import { administrationPagesOf } from './administration-pages.js';

/** Who the caller is, and what they keep for themselves. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('api/v1')
export class AccountController {
  constructor(
    private readonly directory: Directory,
    private readonly personal: Personal,
    private readonly views: Views,
  ) {}

  /** What the frame of the screens needs to know: who the caller is, where they may act today and for whom, and what they may administer. */
  @Get('account')
  @Needs('read')
  async account(
    @Query() { minPosition }: ReadQuery,
    @SignedIn() { id }: Person,
    @Req() { caller }: FastifyRequest,
  ): Promise<AccountAnswer> {
    await this.views.directoryUpTo(minPosition);
    const person = this.directory.person(id);
    if (!person) throw new Problem('not-signed-in');
    const { name, username, unit, clearance } = person;
    const inSession = typeof caller?.session === 'string';
    return {
      ...{ id, name, username, unit, clearance },
      roles: this.shown(person.roles),
      mayActFor: this.directory.mayActFor(id).flatMap((other) => {
        const acting = this.directory.person(other.id);
        const { actions } = other;
        if (!acting || actions.length === 0) return [];
        const shown = { roles: this.shown(other.roles), actions: actions === 'all' ? ('all' as const) : [...new Set(actions)] };
        return [{ id: other.id, name: acting.name, ...shown, until: this.until(other.id, id) }];
      }),
      administration: administrationPagesOf(person),
      inSession,
      draftKey: inSession ? await this.personal.draftKey(id) : null,
    };
  }

  /** How the caller likes the screens. */
  @Get('account/preferences')
  @Needs('in-person')
  async preferences(@SignedIn() { id }: Person): Promise<PreferencesDto> {
    return this.personal.preferences(id);
  }

  /** Takes the place of all that was chosen before. */
  @Put('account/preferences')
  @Needs('in-person')
  async prefer(@Body() { language, theme, times, letterKeys }: PreferencesDto, @SignedIn() { id }: Person): Promise<PreferencesDto> {
    const chosen = {
      ...(language !== undefined && { language }),
      ...(theme !== undefined && { theme }),
      ...(times !== undefined && { times }),
      ...(letterKeys !== undefined && { letterKeys }),
    };
    await this.personal.prefer(id, chosen);
    return chosen;
  }

  /** Pages as the caller wants to come back to them; nobody else sees them. To share one is to send its address. */
  @Get('saved-views')
  @Needs('in-person')
  async savedViews(@Query() { page }: SavedViewsQuery, @SignedIn() { id }: Person): Promise<SavedViewsAnswer> {
    return { items: [...(await this.personal.savedViews(id, page))] };
  }

  /** Saves one under an id that the client makes, or changes it; sent again it is there once. At most 100 a person. */
  @Put('saved-views/:id')
  @Needs('in-person')
  async save(@Param('id') id: string, @Body() { page, name, search }: SaveViewDto, @SignedIn() person: Person): Promise<SavedViewAnswer> {
    const view = { id: idIn(id), page, name, search };
    if (!(await this.personal.saveView(person.id, view))) throw new Problem('too-many-saved-views');
    return view;
  }

  @Delete('saved-views/:id')
  @Needs('in-person')
  @HttpCode(204)
  async remove(@Param('id') id: string, @SignedIn() person: Person): Promise<void> {
    if (!(await this.personal.removeView(person.id, idIn(id)))) throw new Problem('not-found');
  }

  private shown(held: readonly HeldRole[]): AccountAnswer['roles'] {
    return held.flatMap(({ role, unit: id }) => {
      const unit = this.directory.units().get(id);
      return unit ? [{ role, unit: { id, name: unit.name, level: unit.level } }] : [];
    });
  }

  private until(from: string, to: string): string {
    const today = this.directory.date();
    const standing = this.directory.delegations().filter((one) => one.from === from && one.to === to && isInForce(one, today));
    return standing.reduce((last, { endsOn }) => (endsOn > last ? endsOn : last), today);
  }
}
