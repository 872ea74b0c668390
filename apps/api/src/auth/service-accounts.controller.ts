import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory, ServiceAccounts } from '#identity';
import type { Person } from '#identity';
import type { Sent } from '#workflow';
import { orderOf } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
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

  /** Makes an account and its first key. For whoever may give that role at the unit. */
  @Post()
  @Needs('in-person')
  async make(
    @Body() { name, role, unit: given, scopes, expiresOn }: NewServiceAccountDto,
    @HowSent(['name']) sent: Sent,
    @SignedIn() person: Person,
  ): Promise<KeyAnswer> {
    const unit = unitIn(this.directory, given, 'unit');
    return this.accounts.make({ name: name.trim(), role, unit, scopes, expiresOn }, orderOf(sent, person));
  }

  /** All accounts that the caller administers, with what their keys cover, and no secret. */
  @Get()
  @Needs('in-person')
  async list(@SignedIn() person: Person): Promise<ServiceAccountsAnswer> {
    mustAdministerSome(person);
    const items = await this.accounts.list();
    return {
      items: items
        .filter(({ id }) => this.isAdministered(id, person))
        .map((one) => ({
          ...one,
          roles: one.roles.map(({ role, unit }) => ({ role, unit })),
          scopes: [...one.scopes],
          keys: [...one.keys],
        })),
    };
  }

  /** Makes another key; the ones before it end, at once or after an overlap. */
  @Post(':id/rotate')
  @Needs('in-person')
  @HttpCode(200)
  async rotate(@Param('id') id: string, @Body() { overlapMinutes = 0 }: RotateDto, @SignedIn() person: Person): Promise<KeyAnswer> {
    this.mustAdministerAccount(person, id);
    const key = await this.accounts.rotate(id, person, overlapMinutes * minuteMs);
    if (key === null) throw new Problem('not-found');
    return { id, key };
  }

  /** Ends all keys of the account for good. */
  @Post(':id/revoke')
  @Needs('in-person')
  @HttpCode(204)
  async revoke(@Param('id') id: string, @SignedIn() person: Person): Promise<void> {
    this.mustAdministerAccount(person, id);
    if (!(await this.accounts.revoke(id, person))) throw new Problem('not-found');
  }

  private mustAdministerAccount(person: Person, id: string): void {
    mustAdministerSome(person);
    if (!isUuid(id) || !this.directory.person(id.toLowerCase())) throw new Problem('not-found');
    if (!this.isAdministered(id, person)) throw new Problem('not-authorised', { detail: 'This is for administrators of the account.' });
  }

  private isAdministered(id: string, by: Person): boolean {
    const account = this.directory.person(id.toLowerCase());
    return account !== undefined && this.directory.roleOver(by, account) !== null;
  }
}

/** @throws Problem for whoever administers nothing */
function mustAdministerSome({ roles }: Person): void {
  if (!roles.some(({ role }) => role === 'administrator')) throw new Problem('not-authorised', { detail: 'This is for administrators.' });
}
