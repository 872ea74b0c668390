import type { EventStore } from '#event-store';
import { directoryView } from '#identity';
import { webhookDelivery, WebhookHosts } from '#notifications';
import type { Clock, Config, Database } from '#platform';
import { deadlineFiring, procedureViews } from '#procedures';
import type { Reaction, View } from '#processors';

interface On {
  readonly store: EventStore;
  readonly database: Database;
  readonly clock: Clock;
}

/** Everything that follows the log: the same in each process of an installation, for any of them may come to run any of it. */
export function whatFollows(
  on: On,
  { webhookHosts }: Pick<Config, 'webhookHosts'>,
): {
  readonly views: readonly View[];
  readonly reactions: readonly Reaction[];
} {
  const hosts = new WebhookHosts(webhookHosts);
  return { views: [...procedureViews, directoryView], reactions: [deadlineFiring(on), webhookDelivery({ ...on, hosts })] };
}
