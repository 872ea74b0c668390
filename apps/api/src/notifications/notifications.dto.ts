import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsUUID } from 'class-validator';
import { notificationTypes } from '#notifications';
import { by, Optional } from '../http/shape.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { isPosition, PageQuery } from '../reading/reading.dto.js';

export class NotificationsQuery extends PageQuery {
  /** Whether only what is unread is listed. */
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @Optional()
  @IsIn(['true', 'false'])
  readonly unread?: string;
}

export class ReadNotificationsDto {
  /** The position of a notification: it and all before it. One of this and `ids`. */
  @Optional()
  @by('position', isPosition, 'must be a position of the log')
  readonly upTo?: string;

  /** Ids of notifications; others are passed over. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsUUID('all', { each: true })
  readonly ids?: string[];
}

class NotificationAnswer {
  readonly id: string;
  /** Of the event, decimal. */
  readonly position: string;
  @ApiProperty({ enum: notificationTypes })
  readonly type: string;
  /** Procedure id; null where it is about an indicator, an inspection or a steering board, which `data` names. */
  @ApiProperty({ type: String, nullable: true })
  readonly procedure: string | null;
  readonly title: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly read: boolean;
  /** Ids, words of the lifecycle and dates, by type: `task`, `unit`, `dueOn`, `occasion`, `revision`, `optionId`, `passed`, `action`, `stage`, `dueAt`, `indicator`, `period`, `inspection`, `board`, `recommendation`, `announcedOn`. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly data: Readonly<Record<string, unknown>>;
}

export class NotificationsAnswer {
  /** Newest first. */
  readonly items: NotificationAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** How many are unread in all. */
  readonly unread: number;
  readonly asOf: AsOfAnswer;
}

export class UnreadAnswer {
  /** How many are unread in all. */
  readonly unread: number;
}
