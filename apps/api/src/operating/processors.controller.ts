import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { deadLetters, Processors } from '#processors';
import { Problem } from '../http/problem.js';
import { SignedIn } from '../http/sent.js';
import { Reading } from '../reading/reading.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Settings } from '../settings.js';
import { DeadLettersAnswer, DiscardDto, ProcessorAnswer, RebuildAnswer, RetryDto } from './operating.dto.js';

@ApiTags('operating')
@ApiBearerAuth()
@Controller('api/v1')
export class ProcessorsController {
  constructor(
    private readonly processors: Processors,
    private readonly reading: Reading,
    private readonly settings: Settings,
  ) {}

  /** Everything that follows the log, and how far it is. */
  @Get('processors')
  async list(@Query() { minPosition }: ReadQuery): Promise<ProcessorAnswer[]> {
    await this.reading.upTo(minPosition);
    return [...(await this.processors.status())];
  }

  /** Builds a view anew beside the one that serves, then swaps. For administrators. */
  @Post('processors/:name/rebuild')
  @HttpCode(202)
  rebuild(@Param('name') name: string, @SignedIn() person: Person): RebuildAnswer {
    mustAdminister(person);
    // Whoever asked follows it by its status; what went wrong stands there too.
    this.processors.rebuild(name).catch((error: unknown) => this.settings.logger.error({ err: error, view: name }, 'A rebuild failed.'));
    return { name, state: 'rebuilding' };
  }

  /** Events that are not in a view, because they or one before them in their stream failed. For administrators. */
  @Get('dead-letters')
  async deadLetters(@Query() { minPosition }: ReadQuery, @SignedIn() person: Person): Promise<DeadLettersAnswer> {
    mustAdminister(person);
    await this.reading.upTo(minPosition);
    const letters = await deadLetters(this.settings.database);
    return { items: letters.map((letter) => ({ ...letter, position: String(letter.position), at: letter.at.toISOString() })) };
  }

  /** Applies the events of a stream again that were put aside. For administrators. */
  @Post('dead-letters/retry')
  @HttpCode(202)
  async retry(@Body() { processor, stream }: RetryDto, @SignedIn() person: Person): Promise<void> {
    mustAdminister(person);
    await this.processors.retry(processor, stream);
  }

  /** Gives up a dead event for good and goes on with its stream. For administrators. */
  @Post('dead-letters/discard')
  @HttpCode(202)
  async discard(@Body() { processor, stream, position }: DiscardDto, @SignedIn() person: Person): Promise<void> {
    mustAdminister(person);
    if (!(await this.processors.discard(processor, stream, BigInt(position)))) throw new Problem('not-found');
  }
}

function mustAdminister({ roles }: Person): void {
  if (!roles.some(({ role }) => role === 'administrator')) throw new Problem('not-authorised', { detail: 'This is for administrators.' });
}
