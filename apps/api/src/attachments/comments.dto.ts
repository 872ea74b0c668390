import { mostCharacters } from '#procedures';
import { FileHashes, Optional, Text, Whole } from '../http/shape.js';
import { ActorAnswer } from '../reading/answers.dto.js';
import { FileAnswer } from './attachments.dto.js';

export class CommentDto {
  @Text(mostCharacters.comment)
  readonly text: string;

  /** Of the procedure, where the comment is about one. */
  @Optional()
  @Whole({ most: 1_000_000 })
  readonly revision?: number;

  /** Hashes of files that were uploaded to this procedure. */
  @Optional()
  @FileHashes()
  readonly attachments?: string[];
}

class CommentAnswer {
  readonly id: string;
  /** Of the event, decimal. */
  readonly position: string;
  /** ISO 8601 UTC. */
  readonly addedAt: string;
  readonly author: ActorAnswer;
  readonly text: string;
  /** Of the procedure; null where the comment is about none. */
  readonly revision: number | null;
  readonly attachments: FileAnswer[];
}

export class CommentsAnswer {
  /** Oldest first. */
  readonly items: CommentAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
