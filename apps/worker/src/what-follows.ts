import { erasingSalts, readPolicy, sealer, witnessing } from '#audit';
import type { CheckpointSigner, Classifies } from '#audit';
import type { EventStore } from '#event-store';
import { Directory, directoryView, erasedPeople, erasing } from '#identity';
import { Inbox, SmtpMailer, mailDigests, notificationsView, removeNotificationsOf, webhookDelivery, WebhookHosts } from '#notifications';
import type { Clock, Config, Database } from '#platform';
import { deadlineFiring, deadlines } from '#deadlines';
import { newlyClassified, refusals, register } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import type { Reaction, View } from '#processors';
import { boardsView, indicatorsView, inspectionsView, pastUnits, periodsView, programmesView, remedyReminding } from '#programmes';
import { reorganising, reorganisationsView, unitNames } from '#reorganisation';
import type { Calendars, Definitions, UnitTree } from '#workflow';
import { acts, counts, figures, publications, reviewResults, stageStays, trail } from '#reporting';
import { askedInSecret, taskReminding, tasks, work } from '#worklist';

/** Every view of an installation, each from the room that it belongs to. */
export const everyView: readonly View[] = [
  ...[register, refusals, work, tasks, deadlines],
  ...[counts, publications, programmesView, figures, directoryView, notificationsView],
  inspectionsView,
  ...[indicatorsView, pastUnits],
  ...[stageStays, acts, reviewResults],
  periodsView,
  boardsView,
  ...[reorganisationsView, unitNames],
  trail,
];

/** What leaves show nothing of from this event on, by the id in the names of its streams: a classified procedure, a question about it. */
const classifies: Classifies = (event, isClassified) => newlyClassified(event) ?? askedInSecret(event, isClassified);

/** Everything that follows the log: the same in each process of an installation, for any of them may come to run any of it. */
export function whatFollows(
  { mail, webhookHosts, audit }: Pick<Config, 'mail' | 'webhookHosts' | 'audit'>,
  on: {
    readonly store: EventStore;
    readonly database: Database;
    readonly directory: Directory;
    readonly inbox: Inbox;
    readonly calendars: Calendars;
    readonly definitions: Definitions;
    readonly clock: Clock;
    /** Null where this process does not have the key of the log's tree. */
    readonly signer: CheckpointSigner | null;
  },
): { readonly views: readonly View[]; readonly reactions: readonly Reaction[] } {
  const mailing = mail ? [mailDigests({ ...on, mailer: new SmtpMailer(mail), publicUrl: mail.publicUrl })] : [];
  const witnesses = audit.policy === undefined ? [] : [witnessing(readPolicy(audit.policy), on)];
  const { store, definitions, clock } = on;
  const deskOver = (units: () => UnitTree): ProcedureDesk => new ProcedureDesk(store, definitions, units, clock);
  return {
    views: [...everyView, sealer(on.signer, { clock: on.clock, classifies })],
    reactions: [
      ...witnesses,
      deadlineFiring(on),
      taskReminding(on),
      remedyReminding('inspection', on),
      remedyReminding('board', on),
      ...mailing,
      webhookDelivery({ ...on, hosts: new WebhookHosts(webhookHosts) }),
      reorganising({ ...on, deskOver }),
      erasing(on.database, [removeNotificationsOf]),
      erasingSalts({ ...on, view: directoryView.name, erased: () => erasedPeople(on.database) }),
    ],
  };
}
