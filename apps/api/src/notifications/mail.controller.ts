import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { listDeliveries, MailPreferences, NoMail, NotSent, TooManyCodes } from '#notifications';
import { wrong } from '../administration/administered.js';
import { mustGovern } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { Settings } from '../settings.js';
import { ChangeMailDto, ConfirmMailDto, DeliveriesAnswer, DeliveriesQuery, MailSettingsAnswer } from './mail.dto.js';

const pageSize = 50;

/** Where people want mail, and what became of it. */
@ApiTags('notifications')
@ApiBearerAuth()
@Controller('api/v1/notifications')
export class MailController {
  constructor(
    private readonly preferences: MailPreferences,
    private readonly settings: Settings,
  ) {}

  /** The caller's own. Not for service accounts. */
  @Get('settings')
  @Needs('in-person')
  async find(@SignedIn() { id }: Person): Promise<MailSettingsAnswer> {
    return this.preferences.find(id);
  }

  /** Changes the caller's own. To a new address a code is mailed first, five times a day at most; null forgets the address. */
  @Put('settings')
  @Needs('in-person')
  async change(@Body() { email, digest }: ChangeMailDto, @SignedIn() { id }: Person): Promise<MailSettingsAnswer> {
    try {
      return await this.preferences.change(id, { email, digest });
    } catch (error) {
      if (error instanceof NoMail) throw new Problem('no-mail');
      if (error instanceof TooManyCodes) throw new Problem('too-many-requests', { detail: error.message });
      if (!(error instanceof NotSent)) throw error;
      if (error.outcome === 'never') wrong('email', 'is refused by the mail server', 'máy chủ thư không nhận địa chỉ này');
      throw new Problem('unavailable', { detail: 'The mail server cannot be reached just now; ask again later.' });
    }
  }

  /** Confirms the address by the code that was mailed there: within half an hour, and five tries. */
  @Post('settings/confirm')
  @Needs('in-person')
  @HttpCode(200)
  async confirm(@Body() { code }: ConfirmMailDto, @SignedIn() { id }: Person): Promise<MailSettingsAnswer> {
    if (!(await this.preferences.confirm(id, code))) throw new Problem('wrong-code');
    return this.preferences.find(id);
  }

  /** What became of digests, the newest first, for a year. It has no address. For administrators of a service or the ministry. */
  @Get('deliveries')
  @Needs('read')
  async deliveries(@Query() { limit, ...asked }: DeliveriesQuery, @SignedIn() asking: Person): Promise<DeliveriesAnswer> {
    mustGovern(asking);
    const { items, nextCursor } = await listDeliveries(this.settings.database, { ...asked, limit: Number(limit ?? pageSize) });
    return { items: [...items], nextCursor };
  }
}
