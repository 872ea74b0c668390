import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Administration, Directory } from '#identity';
import type { Person } from '#identity';
import type { Sent } from '#workflow';
import { roles } from '#workflow';
import { newId, orderOf } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { Views } from '../reading/views.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { AdministeredAnswer, idIn, unitIn, wrong } from './administered.js';
import {
  ClearanceDto,
  ErasePersonDto,
  GrantRoleDto,
  PeopleAnswer,
  PeopleQuery,
  PersonAnswer,
  RegisterPersonDto,
  RevokeRoleQuery,
} from './people.dto.js';
import { pageOfPeople, peopleSought } from './people-sought.js';
import { accountOf, erasureOf } from './registrations.js';

@ApiTags('administration')
@ApiBearerAuth()
@Controller('api/v1/people')
export class PeopleController {
  constructor(
    private readonly administration: Administration,
    private readonly directory: Directory,
    private readonly views: Views,
  ) {}

  /** Everybody who may sign in, by name, with the roles that were given to them. Usernames and clearances are for their administrators. */
  @Get()
  @Needs('read')
  async list(@Query() query: PeopleQuery, @SignedIn() person: Person): Promise<PeopleAnswer> {
    await this.views.directoryUpTo(query.minPosition);
    const { q, unit, role, program, administered } = query;
    const sought = { q, role, unit: unit?.toLowerCase(), programs: flag(program), administered: flag(administered) };
    const administers = (one: Person): boolean => this.directory.roleOver(person, one) !== null;
    const units = this.directory.units();
    const near = query.near === undefined ? [] : units.pathUp(query.near.toLowerCase()).map(({ id }) => id);
    const found = peopleSought(this.directory.people(), sought, { units, administers });
    const { items, nextCursor } = pageOfPeople(found, { cursor: query.cursor, limit: query.limit, near });
    return { items: items.map((one) => this.shown(one, person)), nextCursor };
  }

  /** One of them. */
  @Get(':id')
  @Needs('read')
  async one(@Param('id') id: string, @Query() { minPosition }: ReadQuery, @SignedIn() person: Person): Promise<PersonAnswer> {
    await this.views.directoryUpTo(minPosition);
    const one = this.directory.person(idIn(id));
    if (!one) throw new Problem('not-found');
    return this.shown(one, person);
  }

  /** Makes somebody known, who may do nothing before they are given a role. For administrators, up to their own clearance. */
  @Post()
  @Needs('in-person')
  async register(
    @Body() body: RegisterPersonDto,
    @HowSent(['name', 'username', 'password']) sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const account = { id: newId('person', sent, person), ...accountOf(body, person, this.directory) };
    return this.administration.registerPerson(account, orderOf(sent, person));
  }

  /** Gives a role at a unit, or changes its days. For administrators of that unit and of all at which the person has roles, or above. */
  @Post(':id/roles')
  @Needs('in-person')
  @HttpCode(200)
  async grant(
    @Param('id') id: string,
    @Body() body: GrantRoleDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const { role, from, to } = body;
    const unit = unitIn(this.directory, body.unit, 'unit');
    const order = orderOf(sent, person);
    if (to !== undefined && to < (from ?? this.directory.date()) && !(await this.administration.isSentAgain('person', idIn(id), order)))
      wrong('to', 'must not be before the first day', 'không được trước ngày đầu');
    const grant = { role, unit, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    return this.administration.grantRole(idIn(id), grant, order);
  }

  /** Takes a role back at once. For administrators of the unit or of one above it. */
  @Delete(':id/roles/:role')
  @Needs('in-person')
  @HttpCode(200)
  async revoke(
    @Param('id') id: string,
    @Param('role') given: string,
    @Query() { unit }: RevokeRoleQuery,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const role = roles.find((one) => one === given);
    const [at, order] = [unit.toLowerCase(), orderOf(sent, person)];
    const isHeld = this.directory.person(idIn(id))?.grants.some((one) => one.role === role && one.unit === at);
    if (role === undefined || (isHeld !== true && !(await this.administration.isSentAgain('person', idIn(id), order))))
      throw new Problem('not-found', { detail: 'The person does not have that role at that unit.' });
    return this.administration.revokeRole(idIn(id), role, at, order);
  }

  /** Says what somebody may see. For their administrators, up to their own clearance, and not about themselves. */
  @Post(':id/clearance')
  @Needs('in-person')
  @HttpCode(200)
  async clear(
    @Param('id') id: string,
    @Body() { clearance }: ClearanceDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    return this.administration.setClearance(idIn(id), clearance, orderOf(sent, person));
  }

  /**
   * Erases a person for good: name, username, password, sign-ins and settings are removed, and what they did stays under their id. For
   * administrators of a service or the ministry who administer the person, once all roles were taken back. Neither text may name the person.
   */
  @Post(':id/erase')
  @Needs('in-person')
  @HttpCode(200)
  async erase(
    @Param('id') id: string,
    @Body() body: ErasePersonDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const one = this.directory.person(idIn(id));
    const known = one && this.directory.roleOver(person, one) ? one : null;
    return this.administration.erasePerson(idIn(id), erasureOf(body, known), orderOf(sent, person));
  }

  private shown(one: Person, by: Person): PersonAnswer {
    const { id, name, username, unit, grants, clearance, isProgram: program } = one;
    const administered = this.directory.roleOver(by, one) !== null;
    return { ...{ id, name, program, administered, unit, roles: [...grants] }, ...(administered && { username, clearance }) };
  }
}

const flag = (value: string | undefined): boolean | undefined => (value === undefined ? undefined : value === 'true');
