import { fileNameFault } from '#files';
import { tidyLine } from '#platform';
import { by } from '../http/shape.js';

const isFileName = (value: unknown): boolean => typeof value === 'string' && fileNameFault(tidyLine(value)) === null;

export class AttachQuery {
  /**
   * The name under which it is given out again, ending as its type demands.
   * @example "Quyết định 12.pdf"
   */
  @by('fileName', isFileName, 'must be a name of 1 to 200 characters without slashes, control characters or two dots in a row')
  readonly name: string;
}

/** A file of a procedure. */
export class FileAnswer {
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

class UploaderAnswer {
  readonly id: string;
  /** Null when the person was erased. */
  readonly name: string | null;
}

class AttachmentAnswer extends FileAnswer {
  /** ISO 8601 UTC. */
  readonly uploadedAt: string;
  readonly by: UploaderAnswer;
  /** Of the procedure: actions that name it. */
  readonly revisions: number[];
  /** Ids of the comments that name it. */
  readonly comments: string[];
}

export class AttachmentsAnswer {
  /** Oldest first. */
  readonly items: AttachmentAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
