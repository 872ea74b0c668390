import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { Inbox, inboxViews } from '#notifications';
import { Needs } from '../http/needs.js';
import { wrong } from '../administration/administered.js';
import { SignedIn } from '../http/sent.js';
import { Views } from '../reading/views.js';
import { NotificationsAnswer, NotificationsQuery, ReadNotificationsDto, UnreadAnswer } from './notifications.dto.js';

const pageSize = 50;

/** What people are told about the work that concerns them. */
@ApiTags('notifications')
@ApiBearerAuth()
@Controller('api/v1/notifications')
export class NotificationsController {
  constructor(
    private readonly inbox: Inbox,
    private readonly views: Views,
  ) {}

  /** What the caller is told, newest first, for a year: of procedures alone that they may see now. */
  @Get()
  @Needs('read')
  async list(@Query() query: NotificationsQuery, @SignedIn() person: Person): Promise<NotificationsAnswer> {
    const { unread, cursor, limit } = query;
    const asOf = await this.views.freshness(inboxViews, query);
    const page = await this.inbox.list(person, { unread: unread === 'true', cursor, limit: Number(limit ?? pageSize) });
    return { ...page, items: [...page.items], asOf };
  }

  /** Marks as read what is named, or everything up to a position. Twice is as once. */
  @Post('read')
  @Needs('commands')
  @HttpCode(200)
  async read(@Body() { upTo, ids }: ReadNotificationsDto, @SignedIn() person: Person): Promise<UnreadAnswer> {
    if ((upTo === undefined) === (ids === undefined)) wrong('upTo', 'or ids must be given, and not both', 'chỉ nêu upTo hoặc ids');
    await this.inbox.markRead(person, { upTo, ids });
    return { unread: await this.inbox.unread(person) };
  }
}
