import { handle, metadataWithoutPerson, uuidv5 } from '#event-store';
import type { Decider, EventStore } from '#event-store';

/** Namespace of the ids of the commands that publish what an installation starts with. */
const initialNamespace = '3c1f7c0e-57ab-5d0c-9f57-7a0b3f6c1d52';

/**
 * Publishes what an installation starts with, unless the stream has the version. Safe to repeat, also by several processes at once on a
 * log that takes an event id twice: whether it is there is decided on the revision that is appended to. @throws Unavailable
 */
export async function publishOnce<State, Event extends { readonly type: string; readonly data: object }>(
  store: EventStore,
  stream: string,
  version: number,
  {
    initial,
    evolve,
    isThere,
    event,
  }: Pick<Decider<never, State, Event>, 'initial' | 'evolve'> & {
    readonly isThere: (state: State) => boolean;
    readonly event: Event;
  },
): Promise<void> {
  const name = `${stream}@${String(version)}`;
  await handle<null, State, Event>({
    store,
    decider: { initial, evolve, decide: (_, state) => (isThere(state) ? [] : [event]) },
    stream,
    command: null,
    // What is published under this name never changes, so the name says all of the request.
    metadata: metadataWithoutPerson(uuidv5(initialNamespace, name), name),
  });
}
