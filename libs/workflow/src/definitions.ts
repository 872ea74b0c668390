import type { Decider, EventStore } from '#event-store';
import type { AuthorityPolicy, Kind, LifecycleDefinition } from './lifecycle.js';
import { authorityPolicies, lifecycleDefinitions, shippedLifecycles } from './initial-definitions.js';
import { sameLifecycle } from './lifecycle-document.js';
import { currentVersion, lifecycleVersions } from './lifecycle-versions.js';
import type { LifecycleEvent, LifecycleVersions } from './lifecycle-versions.js';
import { Parameters } from './parameters.js';
import { policyVersions } from './policy-versions.js';
import type { AuthorityEvent } from './policy-versions.js';
import { publishOnce } from './publish-once.js';
import { StreamTail } from './stream-tail.js';

/** The version asked for was never published. */
export class DefinitionNotFound extends Error {
  override readonly name = 'DefinitionNotFound';
  constructor(stream: string, version: number) {
    super(`There is no version ${String(version)} in ${stream}.`);
  }
}

/** The lifecycles, policies and parameters of an installation. A published version never changes, so what was read once stays true. */
export class Definitions {
  readonly parameters: Parameters;
  private readonly lifecycles = new Map<string, StreamTail<LifecycleVersions, LifecycleEvent>>();
  private readonly policies = new Map<string, StreamTail<readonly AuthorityPolicy[], AuthorityEvent>>();

  constructor(private readonly store: EventStore) {
    this.parameters = new Parameters(store);
    for (const { id } of lifecycleDefinitions) this.lifecycles.set(id, this.follow(`lifecycle-${id}`, lifecycleVersions));
  }

  /** Puts what an installation starts with into the log and reads it. Safe to repeat, also by several processes at once. */
  async publishInitial(): Promise<void> {
    for (const definition of shippedLifecycles) {
      // Again until it is there: a draft may take the number meanwhile.
      for (let version = nextVersion(definition, await this.known(definition)); version !== null;) {
        const event = { type: 'LifecyclePublished', data: { definition: { ...definition, version } } } as const;
        const isThere = (versions: LifecycleVersions): boolean => nextVersion(definition, versions) !== version;
        await publishOnce(this.store, `lifecycle-${definition.id}`, version, { ...lifecycleVersions, isThere, event });
        version = nextVersion(definition, await this.known(definition));
      }
    }
    for (const policy of authorityPolicies) {
      const isThere = (versions: readonly AuthorityPolicy[]): boolean => versions.some(({ version }) => version === policy.version);
      if (isThere(await this.policyVersions(policy.id))) continue;
      const event = { type: 'AuthorityPublished', data: { policy } } as const;
      await publishOnce(this.store, `authority-${policy.id}`, policy.version, { ...policyVersions, isThere, event });
    }
  }

  /** @throws DefinitionNotFound, Unavailable */
  async lifecycle(id: string, version: number): Promise<LifecycleDefinition> {
    const find = (versions: LifecycleVersions | undefined): LifecycleDefinition | null | undefined =>
      versions?.find((one) => one.version === version)?.published;
    const found = find(this.lifecycles.get(id)?.known) ?? find((await this.versions(id)) ?? []);
    if (!found) throw new DefinitionNotFound(`lifecycle-${id}`, version);
    return found;
  }

  /** @throws DefinitionNotFound, Unavailable */
  async authority(id: string, version: number): Promise<AuthorityPolicy> {
    const find = (versions: readonly AuthorityPolicy[] | undefined): AuthorityPolicy | undefined =>
      versions?.find((one) => one.version === version);
    const found = find(this.policies.get(id)?.known) ?? find(await this.policyVersions(id));
    if (!found) throw new DefinitionNotFound(`authority-${id}`, version);
    return found;
  }

  /**
   * The newest lifecycle of the kind that is published and not retired, as the log has it now: the one that a procedure
   * registered today keeps. @throws DefinitionNotFound, Unavailable
   */
  async current(kind: Kind): Promise<LifecycleDefinition> {
    const ids = lifecycleDefinitions.filter((one) => one.kind === kind).map(({ id }) => id);
    for (const id of ids) {
      const found = currentVersion((await this.versions(id)) ?? []);
      if (found) return found;
    }
    throw new DefinitionNotFound(`lifecycle-${kind}`, 1);
  }

  /** Every lifecycle that was ever published, also what is retired, as the log has it now. @throws Unavailable */
  async all(): Promise<readonly LifecycleDefinition[]> {
    const versions = await Promise.all([...this.lifecycles.values()].map((tail) => tail.read()));
    return versions.flat().flatMap(({ published }) => (published ? [published] : []));
  }

  /** The versions of a lifecycle with their states, as the log has them now; null for an unknown id. @throws Unavailable */
  async versions(id: string): Promise<LifecycleVersions | null> {
    return (await this.lifecycles.get(id)?.read()) ?? null;
  }

  /** The ids of all lifecycles. */
  ids(): readonly string[] {
    return [...this.lifecycles.keys()];
  }

  /** The published versions of a policy, as the log has them now; none for an unknown id. @throws Unavailable */
  async policyVersions(id: string): Promise<readonly AuthorityPolicy[]> {
    const tail = this.policies.get(id) ?? this.follow(`authority-${id}`, policyVersions);
    const versions = await tail.read();
    // Whoever asks for names that there are not shall not fill the memory.
    if (versions.length > 0) this.policies.set(id, tail);
    return versions;
  }

  private async known({ id }: LifecycleDefinition): Promise<LifecycleVersions> {
    return (await this.versions(id)) ?? [];
  }

  private follow<State, Event>(stream: string, decider: Decider<never, State, Event>): StreamTail<State, Event> {
    return new StreamTail(this.store, stream, decider);
  }
}

/**
 * The number under which a lifecycle that the product comes with is to be published; null where it need not. A first version is for logs
 * that have none. A later one follows the version that it was made from, while new procedures still get that one: whoever has
 * published a lifecycle of their own, or has retired ours, has decided otherwise.
 */
function nextVersion(shipped: LifecycleDefinition, versions: LifecycleVersions): number | null {
  if (shipped.version === 1) return versions.some(({ version }) => version === 1) ? null : 1;
  if (versions.some(({ published }) => published !== null && sameLifecycle(published, shipped))) return null;
  const before = shippedLifecycles.find(({ id, version }) => id === shipped.id && version === shipped.version - 1);
  const current = currentVersion(versions);
  // Nobody else publishes a version 1, and ours said something else in the first logs.
  const isOurs = before !== undefined && (current?.version === 1 || (current !== undefined && sameLifecycle(current, before)));
  if (!isOurs) return null;
  return 1 + Math.max(...versions.map(({ version }) => version));
}
