import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsUUID, Matches } from 'class-validator';
import { proofStates } from '#audit';
import type { ProofState } from '#audit';
import { trailResults } from '#reporting';
import type { TrailResult } from '#reporting';
import { by, Optional, Sought } from '../http/shape.js';
import { ActorAnswer, PageAnswer } from '../reading/answers.dto.js';
import { PageQuery, isMoment } from '../reading/reading.dto.js';
import type { Separator } from '../reading/register-csv.js';

const mostWords = 500;
const isResults = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.split(',').every((one, index, all) => trailResults.some((result) => result === one) && all.indexOf(one) === index);

/** What is asked of the trail. */
export class TrailFilters extends PageQuery {
  /** Person id: what they did, or another one did for them; a failed sign-in stands with the account that was tried. */
  @Optional()
  @IsUUID()
  readonly actor?: string;
  /** Unit id: what was done in a role of the unit, or of one below it. */
  @Optional()
  @IsUUID()
  readonly unit?: string;
  /** Procedure id. */
  @Optional()
  @IsUUID()
  readonly procedure?: string;
  /** Event types, separated by commas. */
  @Optional()
  @Matches(/^[A-Z][A-Za-z]{0,99}(,[A-Z][A-Za-z]{0,99}){0,49}$/, { message: 'must be event types, separated by commas' })
  readonly type?: string;
  /** What was done or refused, as commands are named; separated by commas. */
  @Optional()
  @Matches(/^[a-z][a-z-]{0,99}(,[a-z][a-z-]{0,99}){0,49}$/, { message: 'must be actions, separated by commas' })
  readonly action?: string;
  /** `accepted`, `refused`, `failed`, separated by commas. (Default: all) */
  @Optional()
  @by('results', isResults, `must be of ${trailResults.join(', ')}, separated by commas`)
  readonly result?: string;
  /** A day in Vietnam or an ISO 8601 time: recorded then or later. */
  @Optional()
  @by('moment', isMoment, 'must be a date YYYY-MM-DD or an ISO 8601 time with its zone')
  readonly from?: string;
  /** Likewise: recorded then or earlier; a day is whole in it. */
  @Optional()
  @by('moment', isMoment, 'must be a date YYYY-MM-DD or an ISO 8601 time with its zone')
  readonly to?: string;
  /** Words, with or without their accents: of what the event says, of its procedure's title, or of the name of whoever acted. */
  @Optional()
  @Sought(mostWords)
  readonly q?: string;
}

export const trailFormats = ['csv', 'xlsx'] as const;

/** What goes out as a file. */
export class TrailExportQuery extends OmitType(TrailFilters, ['cursor', 'limit']) {
  @ApiPropertyOptional({ enum: trailFormats, default: 'csv' })
  @Optional()
  @IsIn(trailFormats)
  readonly format?: (typeof trailFormats)[number];
  @ApiPropertyOptional({ enum: [',', ';'], default: ',' })
  @Optional()
  @IsIn([',', ';'])
  readonly separator?: Separator;
}

class TitledProcedureAnswer {
  readonly id: string;
  readonly title: string;
}

export class TrailItemAnswer {
  /** Decimal. */
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  readonly type: string;
  /** What was done, or was refused, as commands are named. */
  readonly action: string;
  @ApiProperty({ enum: trailResults })
  readonly result: TrailResult;
  readonly actor: ActorAnswer;
  @ApiProperty({ type: () => TitledProcedureAnswer, nullable: true })
  readonly procedure: TitledProcedureAnswer | null;
  /** Codes of a refusal; empty for anything else. */
  readonly unmet: string[];
  /** A few words of what it says, at most 200 characters. */
  readonly about: string;
  /** How far it can be proved that it stands there unchanged. */
  @ApiProperty({ enum: proofStates })
  readonly proof: ProofState;
}

export class TrailAnswer extends PageAnswer {
  /** The newest first. */
  readonly items: TrailItemAnswer[];
}
