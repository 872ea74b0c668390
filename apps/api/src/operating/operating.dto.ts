import { ApiProperty } from '@nestjs/swagger';
import { by, Line } from '../http/shape.js';

class RebuildProgress {
  readonly position: string;
  readonly head: string | null;
  readonly etaMs: number | null;
}

class RowDigests {
  /** Null when there was no version to compare with. */
  readonly before: string | null;
  readonly after: string;
}

class RebuildResult {
  /** Position at which both versions were compared. */
  readonly at: string | null;
  /** SHA-256 over the rows of the version that served and of the one that was built; equal unless the view's code changed. */
  readonly digest: RowDigests;
}

export class ProcessorAnswer {
  readonly name: string;
  @ApiProperty({ enum: ['view', 'reaction'] })
  readonly kind: string;
  readonly version: number;
  @ApiProperty({ enum: ['live', 'catching-up', 'rebuilding', 'paused', 'failed'] })
  readonly state: string;
  /** Decimal. */
  readonly position: string;
  /** Null where it cannot be counted. */
  readonly lagEvents: number | null;
  readonly lagMs: number;
  /** Of late. */
  readonly eventsPerSecond: number;
  /** The process that runs it; null while none does. */
  readonly owner: string | null;
  /** What went wrong last, while it does. */
  readonly error?: string;
  /** Why it needs someone to look at it; left out while it is healthy. */
  readonly unhealthy?: string;
  readonly rebuild?: RebuildProgress;
  readonly lastRebuild?: RebuildResult;
}

export class RebuildAnswer {
  readonly name: string;
  @ApiProperty({ enum: ['rebuilding'] })
  readonly state: string;
}

class DeadLetterAnswer {
  readonly processor: string;
  readonly stream: string;
  /** Decimal. */
  readonly position: string;
  readonly revision: number;
  readonly eventId: string;
  readonly error: string | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  @ApiProperty({ enum: ['dead', 'parked', 'discarded'] })
  readonly status: string;
}

export class DeadLettersAnswer {
  readonly items: DeadLetterAnswer[];
}

/** The view that reaches the position has done it. */
export class InstructedAnswer {
  /** Decimal. */
  readonly position: string;
}

export class RetryDto {
  @Line(200)
  readonly processor: string;

  @Line(500)
  readonly stream: string;
}

export class DiscardDto extends RetryDto {
  /** Of the dead event, decimal. */
  @by('position', (value) => typeof value === 'string' && /^\d{1,18}$/.test(value), 'must be a position of the log')
  readonly position: string;
}

export class HealthAnswer {
  @ApiProperty({ enum: ['ok', 'not-ready'] })
  readonly status: string;
  /** Why it is not ready. */
  readonly reason?: string;
}
