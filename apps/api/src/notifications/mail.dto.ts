import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, IsUUID, Matches, ValidateIf } from 'class-validator';
import { deliveryStates, digestRhythms } from '#notifications';
import type { DeliveryState, DigestRhythm } from '#notifications';
import { Optional } from '../http/shape.js';
import { PageQuery } from '../reading/reading.dto.js';

export class ChangeMailDto {
  /** One address without a name; null forgets it. */
  @ApiProperty({ type: 'string', format: 'email', nullable: true, maxLength: 254 })
  @ValidateIf((_, value) => value !== null)
  @IsEmail({ allow_utf8_local_part: false }, { message: 'must be an e-mail address' })
  @Matches(/^[\x21-\x7e]{1,254}$/, { message: 'must be an e-mail address of at most 254 letters, figures and signs' })
  readonly email: string | null;

  /** Daily at 07:30 in Vietnam on working days, hourly, or off. */
  @ApiProperty({ enum: digestRhythms })
  @IsIn(digestRhythms)
  readonly digest: DigestRhythm;
}

export class ConfirmMailDto {
  /** Eight figures. */
  @Matches(/^\d{8}$/, { message: 'must be the eight figures that were mailed' })
  readonly code: string;
}

export class MailSettingsAnswer {
  /** Confirmed; null where there is none. */
  readonly email: string | null;
  /** Waits for its code; null where there is none. */
  readonly unconfirmed: string | null;
  @ApiProperty({ enum: digestRhythms })
  readonly digest: string;
}

export class DeliveriesQuery extends PageQuery {
  /** To whom they went, a person id. */
  @Optional()
  @IsUUID()
  readonly person?: string;

  @ApiPropertyOptional({ enum: deliveryStates })
  @Optional()
  @IsIn(deliveryStates)
  readonly state?: DeliveryState;
}

class DeliveryAnswer {
  /** Person id. */
  readonly person: string;
  /** A date for a daily digest, a date and hour for an hourly one, in Vietnam. */
  readonly period: string;
  /** `unknown` may have been sent and is not sent again; `given-up` was not sent. */
  @ApiProperty({ enum: deliveryStates })
  readonly state: string;
  readonly attempts: number;
  /** Codes of what went wrong last; null where nothing did. */
  readonly error: string | null;
  /** When it came to its state, ISO 8601 UTC. */
  readonly at: string;
}

export class DeliveriesAnswer {
  readonly items: DeliveryAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
