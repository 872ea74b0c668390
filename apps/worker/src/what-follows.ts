import type { EventStore } from '#event-store';
import { directoryView } from '#identity';
import type { Clock, Database } from '#platform';
import { notificationsView } from '#notifications';
import { deadlineFiring, procedureViews, taskReminding } from '#procedures';
import type { Reaction, View } from '#processors';
import type { Calendars } from '#workflow';

/** Everything that follows the log: the same in each process of an installation, for any of them may come to run any of it. */
export function whatFollows(on: {
  readonly store: EventStore;
  readonly database: Database;
  readonly calendars: Calendars;
  readonly clock: Clock;
}): {
  readonly views: readonly View[];
  readonly reactions: readonly Reaction[];
} {
  return { views: [...procedureViews, directoryView, notificationsView], reactions: [deadlineFiring(on), taskReminding(on)] };
}
