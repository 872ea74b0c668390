import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { facts } from '#procedures';
import type { Because } from '#procedures';
import { classifications, levels } from '#workflow';
import type { Classification, Level } from '#workflow';
import { ActorAnswer, RoleAtUnitAnswer } from '../reading/answers.dto.js';

/** Where an event stands in the log. */
export class EventReference {
  readonly stream: string;
  readonly revision: number;
  /** Decimal. */
  readonly position: string;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
}

class BecauseAnswer {
  /** What the rule looked at. `recorded`: the rule asks for the body of the command, which no refusal keeps, so the record is told. */
  @ApiProperty({ enum: facts })
  readonly fact: Because['fact'];
  /** The fact as it stood then; its fields go by `fact` (docs/audit.md). */
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly says: object;
  /** The events that made it so: of the procedure, then of people, units, codes and parameters; the newest twenty of each. */
  readonly events: EventReference[];
}

class RuleThenAnswer {
  /** By which a refusal names it. */
  readonly code: string;
  /** Whether it stood in no way. */
  readonly held: boolean;
  readonly because: BecauseAnswer;
}

class VersionThenAnswer {
  readonly id: string;
  readonly version: number;
}

class TitleThenAnswer {
  readonly vi: string;
  readonly en: string;
}

class DefinitionThenAnswer extends VersionThenAnswer {
  readonly title: TitleThenAnswer;
}

class ActingForThenAnswer {
  /** Person id. */
  readonly id: string;
  readonly roles: RoleAtUnitAnswer[];
  /** Empty where no delegation was in force. */
  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['all'] },
      { type: 'array', items: { type: 'string' } },
    ],
  })
  readonly actions: string[] | 'all';
}

/** Whoever acted, as they stood then. */
class ActorThenAnswer extends ActorAnswer {
  /** All roles that counted on that day. */
  readonly roles: RoleAtUnitAnswer[];
  @ApiProperty({ enum: classifications })
  readonly clearance: Classification;
  /** Ids of who else counted as the same person: programs and those who can use their keys. */
  readonly countsAs: string[];
  @ApiProperty({ type: () => ActingForThenAnswer, nullable: true })
  readonly actingFor: ActingForThenAnswer | null;
}

class UnitThenAnswer {
  readonly id: string;
  readonly name: string;
  @ApiProperty({ enum: levels })
  readonly level: Level;
  readonly parent: string | null;
  readonly closed: boolean;
  /** The unit that it had become part of. */
  readonly mergedInto: string | null;
}

class DecidedOtherwiseAnswer {
  /** In the event: `data.…`, `actor.role`, `actor.unit`; `unmet` for the code of a rule. */
  readonly path: string;
  /** A text, number, truth value, list or object as it is in the log; left out where there was none. */
  @ApiPropertyOptional({})
  readonly then?: unknown;
  /** What today's code makes of it; left out where it makes none. */
  @ApiPropertyOptional({})
  readonly now?: unknown;
}

class DecidedAgainAnswer {
  /** Whether today's code decides the same from what held then. */
  readonly same: boolean;
  /** `unreadable` where today's code takes no such command or event any more. */
  @ApiProperty({ enum: ['accepted', 'refused', 'unreadable'] })
  readonly outcome: 'accepted' | 'refused' | 'unreadable';
  /** Empty where it decides the same. */
  readonly differences: DecidedOtherwiseAnswer[];
}

export class WhyAnswer {
  /** Null where the command was about none. */
  readonly procedure: string | null;
  /** Of the event; of a refusal the one that it was refused on. */
  readonly revision: number | null;
  /** Decimal. */
  readonly position: string;
  /** Type of the event, or the action that was refused. */
  readonly type: string;
  @ApiProperty({ enum: ['accepted', 'refused'] })
  readonly result: 'accepted' | 'refused';
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  /** The lifecycle version that the procedure kept; null for a command about no procedure, or about one that was not there yet. */
  @ApiProperty({ type: () => DefinitionThenAnswer, nullable: true })
  readonly definition: DefinitionThenAnswer | null;
  /** The version of the authority policy that this refers to; null where there is no lifecycle. */
  @ApiProperty({ type: () => VersionThenAnswer, nullable: true })
  readonly authority: VersionThenAnswer | null;
  /** The newest version of the lifecycle's calendar at that moment; null where there was none. */
  @ApiProperty({ type: () => VersionThenAnswer, nullable: true })
  readonly calendar: VersionThenAnswer | null;
  readonly actor: ActorThenAnswer;
  /** The units that counted, as they stood: the owner's, those of roles and of the body, and all above them. */
  readonly units: UnitThenAnswer[];
  /** Every rule that was asked, in the order in which a refusal names them. */
  readonly rules: RuleThenAnswer[];
  readonly decidedAgain: DecidedAgainAnswer;
}
