import { createHash } from 'node:crypto';
import { NO_STREAM, StreamNotFound, WrongExpectedRevision, uuidv5 } from '#event-store';
import type { EventStore, NewEvent, RecordedEvent } from '#event-store';
import type { AuthorityPolicy, Kind, LifecycleDefinition } from './lifecycle.js';
import { authorityPolicies, lifecycleDefinitions } from './initial-definitions.js';

/** What the log holds in `lifecycle-<id>` and `authority-<id>`. */
export type DefinitionEvent =
  | { readonly type: 'LifecyclePublished'; readonly data: { readonly definition: LifecycleDefinition } }
  | { readonly type: 'AuthorityPublished'; readonly data: { readonly policy: AuthorityPolicy } };

/** The version asked for was never published. */
export class DefinitionNotFound extends Error {
  override readonly name = 'DefinitionNotFound';
  constructor(stream: string, version: number) {
    super(`There is no version ${String(version)} in ${stream}.`);
  }
}

/** Namespace of the ids of the events that publish what an installation starts with. */
const initialNamespace = '3c1f7c0e-57ab-5d0c-9f57-7a0b3f6c1d52';
const noPerson = '00000000-0000-0000-0000-000000000000';

/** The published lifecycles and policies. A published version never changes, so what was read once stays true. */
export class Definitions {
  private readonly lifecycles = new Map<string, LifecycleDefinition>();
  private readonly policies = new Map<string, AuthorityPolicy>();
  private loaded = false;

  constructor(private readonly store: EventStore) {}

  /** Puts what an installation starts with into the log and reads it. Safe to repeat, also by several processes at once. */
  async publishInitial(): Promise<void> {
    for (const definition of lifecycleDefinitions)
      await this.publish(`lifecycle-${definition.id}`, definition.version, { type: 'LifecyclePublished', data: { definition } });
    for (const policy of authorityPolicies)
      await this.publish(`authority-${policy.id}`, policy.version, { type: 'AuthorityPublished', data: { policy } });
  }

  /** @throws DefinitionNotFound, Unavailable */
  async lifecycle(id: string, version: number): Promise<LifecycleDefinition> {
    return this.find(this.lifecycles, `lifecycle-${id}`, version);
  }

  /** @throws DefinitionNotFound, Unavailable */
  async authority(id: string, version: number): Promise<AuthorityPolicy> {
    return this.find(this.policies, `authority-${id}`, version);
  }

  /** The newest lifecycle of the kind: the one that a procedure registered today keeps. @throws DefinitionNotFound, Unavailable */
  async current(kind: Kind): Promise<LifecycleDefinition> {
    if (!this.loaded) await this.readAll();
    const newest = [...this.lifecycles.values()].filter((one) => one.kind === kind).reduce(newer, undefined);
    if (!newest) throw new DefinitionNotFound(`lifecycle-${kind}`, 1);
    return newest;
  }

  /** Every lifecycle version known here, by id and version. */
  async all(): Promise<readonly LifecycleDefinition[]> {
    if (!this.loaded) await this.readAll();
    return [...this.lifecycles.values()];
  }

  private async find<Published>(known: ReadonlyMap<string, Published>, stream: string, version: number): Promise<Published> {
    const key = `${stream}@${String(version)}`;
    if (!known.has(key)) await this.read(stream);
    const found = known.get(key);
    if (!found) throw new DefinitionNotFound(stream, version);
    return found;
  }

  private async readAll(): Promise<void> {
    for (const { id } of lifecycleDefinitions) await this.read(`lifecycle-${id}`);
    for (const { id } of authorityPolicies) await this.read(`authority-${id}`);
    this.loaded = true;
  }

  private async publish(stream: string, version: number, event: DefinitionEvent): Promise<void> {
    const events = await this.read(stream);
    if (events.some((recorded) => published(recorded)?.version === version)) return;
    try {
      await this.store.append(stream, [asNewEvent(stream, version, event)], { expected: events.at(-1)?.revision ?? NO_STREAM });
    } catch (error) {
      // Another process was first; what it published is read below.
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
    await this.read(stream);
  }

  private async read(stream: string): Promise<readonly RecordedEvent[]> {
    const events = await this.store.read(stream).catch((error: unknown) => {
      if (error instanceof StreamNotFound) return [];
      throw error;
    });
    for (const event of events) {
      const found = published(event);
      if (found?.lifecycle) this.lifecycles.set(`${stream}@${String(found.version)}`, found.lifecycle);
      if (found?.policy) this.policies.set(`${stream}@${String(found.version)}`, found.policy);
    }
    return events;
  }
}

function newer(best: LifecycleDefinition | undefined, next: LifecycleDefinition): LifecycleDefinition {
  return best && best.version >= next.version ? best : next;
}

function published(
  event: RecordedEvent,
): { readonly version: number; readonly lifecycle?: LifecycleDefinition; readonly policy?: AuthorityPolicy } | null {
  const definitionEvent = event as { type: string } as DefinitionEvent | { readonly type: 'Other' };
  switch (definitionEvent.type) {
    case 'LifecyclePublished':
      return { version: definitionEvent.data.definition.version, lifecycle: definitionEvent.data.definition };
    case 'AuthorityPublished':
      return { version: definitionEvent.data.policy.version, policy: definitionEvent.data.policy };
    default:
      return null;
  }
}

function asNewEvent(stream: string, version: number, { type, data }: DefinitionEvent): NewEvent {
  const id = uuidv5(initialNamespace, `${stream}@${String(version)}`);
  const requestHash = createHash('sha256').update(JSON.stringify(data)).digest('hex');
  const actor = { id: noPerson, version: 0, commitment: '', role: 'administrator', unit: '' };
  return { id, type, schemaVersion: 1, data, metadata: { commandId: id, requestHash, $correlationId: id, $causationId: id, actor } };
}
