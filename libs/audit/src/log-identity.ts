import { Rejected, handle, metadataWithoutPerson, readOrNothing, uuidv5 } from '#event-store';
import type { Decider, EventStore } from '#event-store';

/**
 * Terminology
 *
 * - origin: the name of a tree for ever, the first line of its checkpoints and the name of its keys
 * - verifier key: the public key of whoever signs, with its name, as text (c2sp.org/signed-note)
 */

/** What the log holds of itself in `audit-log`, so that it travels with it. */
type LogIdentityEvent =
  | { readonly type: 'AuditLogOpened'; readonly data: { readonly origin: string; readonly key: string } }
  /** From here on another key signs; checkpoints of the one before stay what they are. */
  | { readonly type: 'AuditKeyChanged'; readonly data: { readonly key: string; readonly before: string } };

/** Under which name the tree of this log is known, and by which keys. */
export interface LogIdentity {
  readonly origin: string;
  /** Verifier keys, the present one last. */
  readonly keys: readonly [string, ...string[]];
}

type IdentityCommand =
  { readonly action: 'open'; readonly origin: string; readonly key: string } | { readonly action: 'change-key'; readonly key: string };

/** Past this many keys somebody is up to no good. */
const mostKeys = 1_000;

/** The name and keys of the tree of a log. */
const logIdentity: Decider<IdentityCommand, LogIdentity | null, LogIdentityEvent> = {
  initial: null,
  decide: (command, state) => {
    if (command.action === 'open') return state ? [] : [{ type: 'AuditLogOpened', data: { origin: command.origin, key: command.key } }];
    if (!state) return refuse('not-opened', 'The log has no tree yet.');
    const { keys } = state;
    const before = present(state);
    if (before === command.key) return [];
    if (keys.includes(command.key)) return refuse('key-replaced', 'This key was replaced by another, and does not come back.');
    if (keys.length >= mostKeys) return refuse('record-full', 'The key was changed so often that it is not changed any more.');
    return [{ type: 'AuditKeyChanged', data: { key: command.key, before } }];
  },
  evolve: (state, event) => {
    if (event.type === 'AuditLogOpened') return { origin: event.data.origin, keys: [event.data.key] };
    return state && { ...state, keys: [...state.keys, event.data.key] };
  },
};

const stream = 'audit-log';

function refuse(code: string, message: string): never {
  throw new Rejected([{ code, message }]);
}

/** The key by which the log signs now. */
export const present = ({ keys }: LogIdentity): string => keys.at(-1) ?? keys[0];

/** Null where nothing was sealed yet. @throws Unavailable */
export async function readIdentity(store: EventStore): Promise<LogIdentity | null> {
  const events = await readOrNothing(store, stream);
  return (events as readonly unknown[] as readonly LogIdentityEvent[]).reduce(logIdentity.evolve, logIdentity.initial);
}

/** Names the tree where it has no name; of two that do it at once one wins, and both answer the same. @throws Unavailable */
export async function openIdentity(store: EventStore, origin: string, key: string): Promise<LogIdentity> {
  return carryOut(store, { action: 'open', origin, key });
}

/** @throws Rejected, Unavailable */
export async function changeKey(store: EventStore, key: string): Promise<LogIdentity> {
  return carryOut(store, { action: 'change-key', key });
}

const namespace = '3a0d4f6e-9d8c-4c39-8a54-6b8f1f0b6c11';

async function carryOut(store: EventStore, command: IdentityCommand): Promise<LogIdentity> {
  const metadata = metadataWithoutPerson(uuidv5(namespace, JSON.stringify(command)), JSON.stringify(command));
  const { state } = await handle({ store, decider: logIdentity, stream, command, metadata });
  if (!state) throw new Error('The log has no tree.');
  return state;
}
