import { createHash, randomUUID } from 'node:crypto';
import { ANY, MinuteBook, actorWithoutPerson } from '#event-store';
import type { Actor, EventStore, NewEvent } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';

/** What somebody reads or takes away, beside what they decide; each is the type of an event in `accesses-<yyyy-mm>`. */
export const accessTypes = [
  /** Any reading call about one classified procedure. */
  'ClassifiedRead',
  'ListExported',
  'RegisterExported',
  'ReportExported',
  'PaperWritten',
  'BundleMade',
  'TrailRead',
  'TrailExported',
] as const;
export type AccessType = (typeof accessTypes)[number];

/** How many accesses were not put on record one by one. */
export const leftOutType = 'AccessesLeftOut';

/** Something that somebody reads or takes away. */
export interface Access {
  readonly type: AccessType;
  readonly by: Actor;
  /** Procedure id. (Default: it is about none, or about many) */
  readonly procedure?: string | undefined;
  /** What it is: the name of a report or paper, the pattern of a route; nothing that was typed. */
  readonly subject: string;
  /** Filters by name: ids, codes and dates. (Default: none) */
  readonly asked?: Readonly<Record<string, string>> | undefined;
  /** Joins what one request leads to. (Default: nothing else) */
  readonly correlationId?: string | undefined;
}

/** What the log holds of an access. */
type AccessData = Pick<Access, 'subject'> & { readonly procedure?: string; readonly asked?: Readonly<Record<string, string>> };

/**
 * Puts on record what people read and take away: in the stream of the month, the same thing once in a minute, and so many of one person in
 * a minute; how many more there were is an event after it.
 */
export class Accesses {
  private readonly book: MinuteBook<AccessType>;

  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
    /** Of one person in a minute. */
    most = 120,
  ) {
    this.book = new MinuteBook<AccessType>({
      now: () => clock.now().getTime(),
      most,
      tell: ({ id, actor, ...data }) => this.append(new Date(data.minute), accessEvent(id, { type: leftOutType, data, actor })),
    });
  }

  /** Returns once it is on record, or counted among those that are left out. @throws Unavailable */
  record(access: Access): Promise<void> {
    const { type, by, procedure = '', subject, asked = {} } = access;
    const key = JSON.stringify([type, procedure, subject, asked]);
    const { correlationId } = access;
    return this.book.record({ actor: by, kind: type, key }, () =>
      this.append(this.clock.now(), accessEvent(randomUUID(), { type, data: dataOf(access), actor: by, correlationId })),
    );
  }

  /** Tells how many were left out in minutes that are over. @throws Unavailable */
  tell(): Promise<void> {
    return this.book.tell();
  }

  /** Tells of the minute that is not over, too. */
  close(): Promise<void> {
    return this.book.close();
  }

  private async append(at: Date, event: NewEvent): Promise<void> {
    await this.store.append(accessStream(at), [event], { expected: ANY });
  }
}

/** The stream of accesses of the month, in Vietnam. */
export const accessStream = (now: Date): string => `accesses-${dateInVietnam(now).slice(0, 7)}`;

/** An event of that stream. (Default of `actor`: nobody is known) */
export function accessEvent(
  id: string,
  {
    type,
    data,
    actor = actorWithoutPerson('none'),
    correlationId,
  }: { readonly type: string; readonly data: object; readonly actor?: Actor; readonly correlationId?: string | undefined },
): NewEvent {
  const requestHash = createHash('sha256')
    .update(`${type} ${JSON.stringify(data)}`)
    .digest('hex');
  const metadata = { commandId: id, requestHash, $correlationId: correlationId ?? id, $causationId: id, actor };
  return { id, type, schemaVersion: 1, data, metadata };
}

function dataOf({ subject, procedure, asked }: Access): AccessData {
  const isAsked = asked !== undefined && Object.keys(asked).length > 0;
  return { subject, ...(procedure !== undefined && { procedure }), ...(isAsked && { asked }) };
}
