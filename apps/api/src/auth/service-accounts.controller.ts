import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory, ServiceAccounts } from '#identity';
import type { Person } from '#identity';
import type { Sent } from '#procedures/commands';
import { administers } from '#workflow';
import { mustAdminister, orderOf } from '../http/must-administer.js';
import { Problem } from '../http/problem.js';
import { HowSent, isUuid, SignedIn } from '../http/sent.js';
import { unitIn } from '../administration/administered.js';
import { KeyAnswer, NewServiceAccountDto, RotateDto, ServiceAccountsAnswer } from './service-accounts.dto.js';

const minuteMs = 60_000;

/** Programs that act by a key. All of it is for administrators, who sign in: a key makes no keys. */
@ApiTags('sign-in')
@ApiBearerAuth()
@Controller('api/v1/service-accounts')
export class ServiceAccountsController {
  constructor(
    private readonly accounts: ServiceAccounts,
    private readonly directory: Directory,
  ) {}

  /** Makes an account and its first key. For administrators of the unit or one above it. */
  @Post()
  async make(
    @Body() { name, role, unit: given, scopes, expiresOn }: NewServiceAccountDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<KeyAnswer> {
    mustAdminister(person);
    const unit = unitIn(this.directory, given, 'unit');
    this.mustAdministerAt(person, unit);
    return this.accounts.make({ name: name.trim(), role, unit, scopes, expiresOn }, orderOf(sent, person));
  }

  /** All accounts with what their keys cover, and no secret. */
  @Get()
  async list(@SignedIn() person: Person): Promise<ServiceAccountsAnswer> {
    mustAdminister(person);
    const items = await this.accounts.list();
    return {
      items: items.map((one) => ({
        ...one,
        roles: one.roles.map(({ role, unit }) => ({ role, unit })),
        scopes: [...one.scopes],
        keys: [...one.keys],
      })),
    };
  }

  /** Makes another key; the ones before it end, at once or after an overlap. */
  @Post(':id/rotate')
  @HttpCode(200)
  async rotate(@Param('id') id: string, @Body() { overlapMinutes = 0 }: RotateDto, @SignedIn() person: Person): Promise<KeyAnswer> {
    this.mustAdministerAccount(person, id);
    const key = await this.accounts.rotate(id, person, overlapMinutes * minuteMs);
    if (key === null) throw new Problem('not-found');
    return { id, key };
  }

  /** Ends all keys of the account for good. */
  @Post(':id/revoke')
  @HttpCode(204)
  async revoke(@Param('id') id: string, @SignedIn() person: Person): Promise<void> {
    this.mustAdministerAccount(person, id);
    if (!(await this.accounts.revoke(id, person))) throw new Problem('not-found');
  }

  private mustAdministerAccount(person: Person, id: string): void {
    mustAdminister(person);
    const account = isUuid(id) ? this.directory.person(id) : undefined;
    if (!account) throw new Problem('not-found');
    this.mustAdministerAt(person, account.unit);
  }

  private mustAdministerAt({ roles }: Person, unit: string): void {
    if (!administers(roles, unit, this.directory.units()))
      throw new Problem('not-authorised', { detail: 'This is for administrators of that unit or one above it.' });
  }
}
