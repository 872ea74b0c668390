import type { EventStore } from '#event-store';
import type { Directory } from '#identity';
import type { Clock, Database } from '#platform';
import { NotAllDone } from '#processors';
import type { Reaction, RoundTools } from '#processors';
import { WorkingDays } from '#workflow';
import type { Calendars } from '#workflow';
import { inboxViews } from '../inbox/inbox.js';
import type { Inbox } from '../inbox/inbox.js';
import {
  claimDelivery,
  dueDigests,
  failedDeliveries,
  forgetOld,
  recordNotSent,
  recordNothingNew,
  recordSent,
  settleOld,
} from './deliveries.js';
import type { DueDigest } from './deliveries.js';
import { digestMail } from './digest-mail.js';
import { NotSent } from './mailer.js';
import type { Mailer } from './mailer.js';
import { periodsAt } from './periods.js';

/** By whose working days it is mailed. */
const calendar = 'vn';
const patienceMs = 5_000;
/** Mails under way at once. */
const lanes = 4;
const batchSize = 500;
const keptMs = 366 * 86_400_000;

/** Mails people what is new, each period once: that it is being sent is noted before, so after a crash it is not sent again. */
export function mailDigests(on: {
  readonly store: EventStore;
  readonly database: Database;
  readonly directory: Directory;
  readonly calendars: Calendars;
  readonly inbox: Inbox;
  readonly mailer: Mailer;
  readonly clock: Clock;
  /** Where people sign in, without a slash at the end. */
  readonly publicUrl: string;
  /** From the end of a round to the next, in ms. (Default: 5000) */
  readonly everyMs?: number;
}): Reaction {
  const { store, database, directory, calendars, clock, everyMs = 5_000 } = on;
  let counted: WorkingDays | undefined;
  let cleanedOn = '';

  const round = async ({ signal, reached }: RoundTools): Promise<void> => {
    const now = clock.now();
    const newest = (await calendars.find(calendar)).calendar;
    if (counted?.calendar !== newest) counted = new WorkingDays(newest);
    const periods = periodsAt(now, counted);
    await settleOld(database, periods, now);
    const due = await dueDigests(database, periods, now, batchSize);
    if (due.length > 0) {
      // What happened before the period shall be in its mail.
      const head = await store.head();
      if (head !== null && !(await reached(head, patienceMs))) return;
      await directory.reload();
      await inLanes(due, signal, (one) => mailTo(one, on, signal));
    }
    if (periods.hourly.slice(0, 10) !== cleanedOn) {
      await forgetOld(database, new Date(now.getTime() - keptMs));
      cleanedOn = periods.hourly.slice(0, 10);
    }
    const { count, error } = await failedDeliveries(database);
    if (count > 0) throw new NotAllDone(`${String(count)} digests could not be mailed and are tried again (${error ?? 'unknown'}).`);
  };
  const [view, ...beside] = inboxViews;
  return { name: 'mail-digests', view, beside, everyMs, round };
}

async function mailTo(
  due: DueDigest,
  { database, directory, inbox, mailer, clock, publicUrl }: Parameters<typeof mailDigests>[0],
  signal: AbortSignal,
): Promise<void> {
  const person = directory.person(due.person);
  const items = person ? await inbox.unmailed(person, due.since) : [];
  if (items.length === 0) return recordNothingNew(database, due);
  const attempts = await claimDelivery(database, due, clock.now());
  if (attempts === null) return;
  const { person: id, period, email: to } = due;
  try {
    await mailer.send(digestMail(items, { person: id, period, to, publicUrl }), signal);
  } catch (error) {
    if (!(error instanceof NotSent)) throw error;
    return recordNotSent(database, due, error, { attempts, now: clock.now() });
  }
  await recordSent(database, due, items, clock.now());
}

/** Does the work for each, some of them at once; ends early when aborted. What one throws is thrown when all others are done. */
async function inLanes<Item>(items: readonly Item[], signal: AbortSignal, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) {
      if (signal.aborted) return;
      await work(item);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
