import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory, securityEvents } from '#identity';
import type { Person } from '#identity';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { Settings } from '../settings.js';
import { SecurityEventsAnswer, SecurityEventsQuery } from './security-events.dto.js';

@ApiTags('sign-in')
@ApiBearerAuth()
@Controller('api/v1/security-events')
export class SecurityEventsController {
  constructor(
    private readonly settings: Settings,
    private readonly directory: Directory,
  ) {}

  /** Sign-ins, failed ones, and what else happened around them, newest first. For auditors and administrators; those of a unit see what is about people whom they administer. */
  @Get()
  @Needs('read')
  async list(@Query() query: SecurityEventsQuery, @SignedIn() asking: Person): Promise<SecurityEventsAnswer> {
    const { unit, limit = '50', person, type, cursor, before = cursor, from, to } = query;
    if (!asking.roles.some(({ role }) => role === 'administrator' || role === 'auditor'))
      throw new Problem('not-authorised', { detail: 'This is for administrators and auditors.' });
    const seesAll = asking.governs !== null || asking.roles.some(({ role }) => role === 'auditor');
    const people = seesAll && unit === undefined ? undefined : this.about(asking, { seesAll, unit: unit?.toLowerCase() });
    const most = Number(limit);
    // One more than is shown says whether there is a next page.
    const found = await securityEvents(this.settings.database, { person, type, before, from, to, people, limit: most + 1 });
    const items = found.slice(0, most).map((one) => ({ ...one, personName: this.nameOf(one.person), byName: this.nameOf(one.by) }));
    return { items, nextCursor: found.length > most ? (items.at(-1)?.id ?? null) : null };
  }

  private nameOf(id: string | null): string | null {
    return id === null ? null : (this.directory.person(id)?.name ?? null);
  }

  /** Ids of the people about whom they see what happened. */
  private about(asking: Person, { seesAll, unit }: { readonly seesAll: boolean; readonly unit: string | undefined }): readonly string[] {
    const within = unit === undefined ? null : new Set(this.directory.units().subtree(unit));
    const people = this.directory.people().filter((one) => !within || within.has(one.unit));
    return people.flatMap((one) => (seesAll || this.directory.roleOver(asking, one) ? [one.id] : []));
  }
}
