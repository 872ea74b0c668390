import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { securityEvents } from '#identity';
import type { Person } from '#identity';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { Settings } from '../settings.js';
import { SecurityEventsAnswer, SecurityEventsQuery } from './security-events.dto.js';

@ApiTags('sign-in')
@ApiBearerAuth()
@Controller('api/v1/security-events')
export class SecurityEventsController {
  constructor(private readonly settings: Settings) {}

  /** Sign-ins, failed ones, and what else happened around them, newest first. For administrators and auditors. */
  @Get()
  async list(@Query() { person, type, before, limit }: SecurityEventsQuery, @SignedIn() asking: Person): Promise<SecurityEventsAnswer> {
    if (!asking.roles.some(({ role }) => role === 'administrator' || role === 'auditor'))
      throw new Problem('not-authorised', { detail: 'This is for administrators and auditors.' });
    return { items: [...(await securityEvents(this.settings.database, { person, type, before, limit: Number(limit ?? 50) }))] };
  }
}
