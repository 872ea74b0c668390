import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { instantsOf } from '#audit';
import { by, CalendarDate, Optional } from '../http/shape.js';
import { isPosition, ReadQuery } from '../reading/reading.dto.js';

const isSize = (value: unknown): boolean =>
  typeof value === 'string' && /^(0|[1-9]\d{0,15})$/.test(value) && Number.isSafeInteger(Number(value));

export class ProofQuery extends ReadQuery {
  /** Of the event. Either this or `event`. */
  @Optional()
  @by('position', isPosition, 'must be a position of the log')
  readonly position?: string;

  /** Id of the event. */
  @ApiPropertyOptional({ format: 'uuid' })
  @Optional()
  @IsUUID()
  readonly event?: string;

  /** Number of leaves of the tree under which it is proven. (Default: the newest) */
  @Optional()
  @by('size', isSize, 'must be a number of leaves')
  readonly size?: string;
}

export class ConsistencyQuery extends ReadQuery {
  /** Number of leaves of the earlier tree. */
  @by('size', isSize, 'must be a number of leaves')
  readonly from: string;

  /** Number of leaves of the later tree. */
  @by('size', isSize, 'must be a number of leaves')
  readonly to: string;
}

export class ConsistencyAnswer {
  readonly from: number;
  readonly to: number;
  /** Base64, as RFC 9162, 2.1.4.1 has them in order. */
  readonly hashes: string[];
}

export class ImprintQuery {
  /** As of which something was read, as its `asOf` says. (Default: none; then it is the newest checkpoint) */
  @Optional()
  @by('position', isPosition, 'must be a position of the log')
  readonly position?: string;
}

class PrintedCodeAnswer {
  /** The checkpoint, as it was signed, with as many of its witnesses as a telephone can still read off paper. */
  readonly text: string;
  /** What it is for, in a sentence. */
  readonly says: string;
}

export class ImprintAnswer {
  /** How many leaves the first checkpoint kept has that holds the position, or else the newest, its root and time. */
  readonly line: string;
  /** Whether that checkpoint holds the position. */
  readonly isSealed: boolean;
  /** To be printed as a QR code; null where nothing is sealed yet. */
  @ApiProperty({ type: PrintedCodeAnswer, nullable: true })
  readonly code: PrintedCodeAnswer | null;
}

class WitnessStateAnswer {
  /** Of the policy; of the key, where this process has no policy. */
  readonly name: string;
  /** `name+hash` of its key. */
  readonly key: string;
  /** Leaves of the largest tree that it cosigned; null where it never did. */
  @ApiProperty({ type: Number, nullable: true })
  readonly size: number | null;
  /** When it last did, by its clock. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly at: string | null;
}

export class SealedStateAnswer {
  /** Name of the tree; null where nothing is sealed yet. */
  @ApiProperty({ type: String, nullable: true })
  readonly origin: string | null;
  /** Verifier key, `name+hash+base64`. */
  @ApiProperty({ type: String, nullable: true })
  readonly key: string | null;
  /** Number of leaves that were signed last. */
  readonly size: number;
  /** Base64. */
  @ApiProperty({ type: String, nullable: true })
  readonly root: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly sealedAt: string | null;
  /** Events that are not sealed yet; counted to 1,000. */
  readonly behind: number;
  /** Leaves of the largest tree that as many witnesses cosigned as the policy asks for. */
  @ApiProperty({ type: Number, nullable: true })
  readonly witnessedSize: number | null;
  readonly witnesses: WitnessStateAnswer[];
}

/** What is handed out; one of these. */
export class BundleRequestDto {
  /** Id: its events, what was said and claimed about it, its deadlines. */
  @Optional()
  @IsUUID()
  readonly procedure?: string;

  /** Id. */
  @Optional()
  @IsUUID()
  readonly programme?: string;

  /** Id: every procedure that it, the units below it and those merged into them own at this moment, at most 2,000. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  /** First day of the period of a unit, YYYY-MM-DD, in Vietnam: only procedures that something is recorded about in it, each whole, and sheets that are about it. (Default: without a beginning) */
  @Optional()
  @CalendarDate()
  readonly from?: string;

  /** Its last day, YYYY-MM-DD. (Default: without an end) */
  @Optional()
  @CalendarDate()
  readonly to?: string;

  /** All that was recorded in it: `YYYY`, `YYYY-Hn`, `YYYY-Qn` or `YYYY-MM`, in Vietnam. */
  @Optional()
  @by('period', (value) => typeof value === 'string' && instantsOf(value) !== null, 'must be a year, half, quarter or month')
  readonly period?: string;

  /** Every leaf there is. */
  @ApiPropertyOptional({ enum: [true] })
  @Optional()
  @IsIn([true])
  readonly all?: true;
}

export class BundleAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;
  /** `waiting` until all that it is to hold is sealed, which takes a moment. */
  @ApiProperty({ enum: ['waiting', 'ready'] })
  readonly state: 'waiting' | 'ready';
}
