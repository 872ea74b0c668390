import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import type { Sent } from '#workflow';
import { deadLetters, Processors } from '#processors';
import { administeringMetadata, mustGovern } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { Views } from '../reading/views.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Settings } from '../settings.js';
import { DeadLettersAnswer, DiscardDto, InstructedAnswer, ProcessorAnswer, RebuildAnswer, RetryDto } from './operating.dto.js';

@ApiTags('operating')
@ApiBearerAuth()
@Controller('api/v1')
export class ProcessorsController {
  constructor(
    private readonly processors: Processors,
    private readonly views: Views,
    private readonly settings: Settings,
  ) {}

  /** Everything that follows the log, and how far it is. */
  @Get('processors')
  @Needs('read')
  async list(@Query() { minPosition }: ReadQuery): Promise<ProcessorAnswer[]> {
    await this.views.upTo(minPosition);
    return [...(await this.processors.status())];
  }

  /** Builds a view anew beside the one that serves, then swaps. For administrators of a service or the ministry. */
  @Post('processors/:name/rebuild')
  @Needs('administer')
  @HttpCode(202)
  rebuild(@Param('name') name: string, @SignedIn() person: Person): RebuildAnswer {
    mustGovern(person);
    if (!this.processors.hasView(name)) throw new Problem('not-found');
    // Whoever asked follows it by its status; what went wrong stands there too.
    this.processors
      .rebuild(name)
      .catch((error: unknown) => this.settings.logger.error({ err: error, processor: name }, 'A rebuild failed.'));
    return { name, state: 'rebuilding' };
  }

  /** Ends the rebuild that is under way; the version before it serves on. For administrators of a service or the ministry. */
  @Post('processors/:name/rebuild/cancel')
  @Needs('administer')
  @HttpCode(202)
  async cancel(@Param('name') name: string, @SignedIn() person: Person): Promise<void> {
    mustGovern(person);
    await this.processors.cancelRebuild(name);
  }

  /** Nobody runs it until it is resumed; what it has built serves on. For administrators of a service or the ministry. */
  @Post('processors/:name/pause')
  @Needs('administer')
  @HttpCode(202)
  async pause(@Param('name') name: string, @SignedIn() person: Person): Promise<void> {
    mustGovern(person);
    await this.processors.pause(name);
  }

  /** For administrators of a service or the ministry. */
  @Post('processors/:name/resume')
  @Needs('administer')
  @HttpCode(202)
  async resume(@Param('name') name: string, @SignedIn() person: Person): Promise<void> {
    mustGovern(person);
    await this.processors.resume(name);
  }

  /** Ends the lease of the process that runs it, so that another takes over, or the same where it is alone. For administrators of a service or the ministry. */
  @Post('processors/:name/takeover')
  @Needs('administer')
  @HttpCode(202)
  async takeOver(@Param('name') name: string, @SignedIn() person: Person): Promise<void> {
    mustGovern(person);
    await this.processors.takeOver(name);
  }

  /** Events that are not in a view, because they or one before them in their stream failed. For administrators of a service or the ministry. */
  @Get('dead-letters')
  @Needs('read')
  async deadLetters(@Query() { minPosition }: ReadQuery, @SignedIn() person: Person): Promise<DeadLettersAnswer> {
    mustGovern(person);
    await this.views.upTo(minPosition);
    const letters = await deadLetters(this.settings.database);
    return { items: letters.map((letter) => ({ ...letter, position: String(letter.position), at: letter.at.toISOString() })) };
  }

  /** Has the events of a stream applied again that were put aside. The order stands in the log. For administrators of a service or the ministry. */
  @Post('dead-letters/retry')
  @Needs('administer')
  @HttpCode(202)
  async retry(@Body() { processor, stream }: RetryDto, @HowSent() sent: Sent, @SignedIn() person: Person): Promise<InstructedAnswer> {
    mustGovern(person);
    return { position: String(await this.processors.retry(processor, stream, administeringMetadata(sent, person))) };
  }

  /** Has a dead event given up for good, and goes on with its stream. The order stands in the log. For administrators of a service or the ministry. */
  @Post('dead-letters/discard')
  @Needs('administer')
  @HttpCode(202)
  async discard(
    @Body() { processor, stream, position }: DiscardDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<InstructedAnswer> {
    mustGovern(person);
    const instructed = await this.processors.discard(processor, stream, BigInt(position), administeringMetadata(sent, person));
    if (instructed === null) throw new Problem('not-found');
    return { position: String(instructed) };
  }
}
