import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CommentDesk } from '#procedures/commands';
import type { Sent } from '#workflow';
import { AdministeredAnswer, answerOf } from '../administration/administered.js';
import { HowSent } from '../http/sent.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { Reading } from '../reading/reading.js';
import { PageQuery } from '../reading/reading.dto.js';
import { CommentDto, CommentsAnswer } from './comments.dto.js';

/** What people say about a procedure besides acting on it. */
@ApiTags('attachments')
@ApiBearerAuth()
@Controller('api/v1/procedures/:id/comments')
@UseGuards(SeenProcedure)
export class CommentsController {
  constructor(
    private readonly desk: CommentDesk,
    private readonly reading: Reading,
  ) {}

  /** What was said about it, oldest first. */
  @Get()
  async list(@Param('id') id: string, @Query() query: PageQuery): Promise<CommentsAnswer> {
    await this.reading.upTo(query.minPosition, ['register']);
    return this.reading.comments(id, query);
  }

  /** Says something about it. For whoever sees it and does more than audit. */
  @Post()
  async add(@Param('id') id: string, @Body() body: CommentDto, @HowSent() sent: Sent): Promise<AdministeredAnswer> {
    return answerOf(await this.desk.comment(id, body, sent));
  }
}
