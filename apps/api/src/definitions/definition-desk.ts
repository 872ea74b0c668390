import { handle, InvalidBody, loadState, recordRefusal, Rejected, uuidv5 } from '#event-store';
import type { EventMetadata, EventStore, Unmet } from '#event-store';
import type { Directory } from '#identity';
import {
  InvalidDefinition,
  currentVersion,
  isWritten,
  lifecycleVersions,
  policyVersions,
  publishedAs,
  shapeErrors,
  validateLifecycle,
} from '#workflow';
import type {
  AuthorityPolicy,
  Calendars,
  Definitions,
  Finding,
  LifecycleCommand,
  LifecycleDefinition,
  LifecycleDocument,
  LifecycleDoubt,
  LifecycleVersion,
  LifecycleVersions,
  ShapeError,
  VersionState,
} from '#workflow';
import { Problem } from '../http/problem.js';

/** What was done to a version. */
export interface VersionChanged {
  readonly id: string;
  readonly version: number;
  readonly state: VersionState;
  /** Of the stream of the lifecycle. */
  readonly revision: number;
  /** Decimal. */
  readonly position: string;
}

/** What is amiss with a document, or with its shape. */
type FindingOrFault = Omit<Finding, 'code'> & { readonly code: Finding['code'] | 'shape' };

/** What is published, with the doubts that are right all the same. */
interface Publication {
  readonly id: string;
  readonly version: number;
  readonly confirm?: readonly LifecycleDoubt[] | undefined;
}

/** Where lifecycle definitions are drafted, validated, published and retired: looks up what the rules need to know. */
export class DefinitionDesk {
  constructor(
    private readonly store: EventStore,
    private readonly definitions: Definitions,
    private readonly directory: Directory,
    private readonly calendars: Calendars,
  ) {}

  /** Every lifecycle with its versions, oldest first. */
  async list(): Promise<
    readonly { readonly id: string; readonly current: number | null; readonly versions: readonly LifecycleVersion[] }[]
  > {
    return Promise.all(
      this.definitions.ids().map(async (id) => {
        const versions = (await this.definitions.versions(id)) ?? [];
        return { id, current: currentVersion(versions)?.version ?? null, versions };
      }),
    );
  }

  /** The version as an administrator writes it, with its policy in it. @throws Problem for an unknown one */
  async document(id: string, version: number): Promise<LifecycleDocument> {
    const { document } = await this.find(id, version);
    return { ...document, authority: (await this.policyOf(document)) ?? document.authority };
  }

  /** A version that was published, also one that is retired since. @throws Problem for an unknown lifecycle; InvalidBody, naming the path */
  async published(id: string, version: number, path: string): Promise<LifecycleDefinition> {
    const versions = await this.definitions.versions(id);
    if (!versions) throw new Problem('not-found');
    const found = versions.find((one) => one.version === version);
    if (!found?.published) throw new InvalidBody([{ path, message: 'is not a published version' }]);
    return found.published;
  }

  async isRetired(id: string, version: number): Promise<boolean> {
    return (await this.find(id, version)).state === 'retired';
  }

  /** Keeps a new version that is not in force yet. @throws Problem, InvalidBody, KeyReused, RevisionConflict */
  async draft(id: string, written: unknown, metadata: EventMetadata, ifMatch?: number): Promise<VersionChanged> {
    const [first, ...others] = await this.faultsOf(written, id);
    if (first) throw new InvalidBody([first, ...others]);
    // Its shape was checked just now.
    return this.command(id, { action: 'draft', document: { ...(written as LifecycleDocument), id } }, metadata, ifMatch);
  }

  /** What is amiss with the version, held against the people and units of this moment. @throws Problem for an unknown one */
  async validate(id: string, version: number): Promise<readonly Finding[]> {
    return this.findingsIn((await this.find(id, version)).document);
  }

  /** As `validate`, of what is being written and kept nowhere; also what is wrong with its shape. @throws Problem for an unknown lifecycle */
  async check(id: string, written: unknown): Promise<readonly FindingOrFault[]> {
    const faults = await this.faultsOf(written, id);
    if (faults.length > 0)
      return faults.map(({ path, message, vi }) => ({ code: 'shape', severity: 'error', path, message: { vi, en: message } }));
    // Its shape was checked just now.
    return this.findingsIn({ ...(written as LifecycleDocument), id });
  }

  /** What keeps it from being a version of that lifecycle, whatever it says. @throws Problem for an unknown one */
  private async faultsOf(written: unknown, id: string): Promise<readonly ShapeError[]> {
    const [newest] = ((await this.definitions.versions(id)) ?? []).slice(-1);
    if (!newest) throw new Problem('not-found');
    const { kind } = newest.document;
    const faults = shapeErrors(written);
    if (faults.length > 0) return faults;
    const document = written as { readonly id?: string; readonly kind: string };
    if (document.id !== undefined && document.id !== id) return [{ path: 'id', message: `must be ${id}`, vi: `phải là ${id}` }];
    if (document.kind === kind) return [];
    return [{ path: 'kind', message: `must be ${kind}, which it always was`, vi: `phải là ${kind} như trước` }];
  }

  private async findingsIn(document: LifecycleDocument): Promise<readonly Finding[]> {
    const { calendar } = document;
    const hasCalendar = calendar !== undefined && (await this.calendars.has(calendar));
    return validateLifecycle(document, {
      policy: await this.policyOf(document),
      staffing: { units: this.directory.units(), people: this.directory.people() },
      hasCalendar: (name) => name === calendar && hasCalendar,
    });
  }

  /** Has new procedures get the version; a policy that was changed with it is published first. @throws Problem, Rejected, InvalidDefinition */
  async publish({ id, version, confirm }: Publication, metadata: EventMetadata, ifMatch?: number): Promise<VersionChanged> {
    const { document } = await this.find(id, version);
    const { authority } = document;
    const findings = await this.validate(id, version);
    const publish = (policy: AuthorityPolicy | undefined): LifecycleCommand => ({
      ...{ action: 'publish', version, findings, confirm, authority: { id: authority.id, version: policy?.version ?? 0 } },
    });
    const known = await this.policyOf(document);
    // What is refused must not leave its policy behind.
    const now = await loadState(this.store, lifecycleVersions, streamOf(id));
    const isGood = now !== null && (ifMatch ?? now.revision) === now.revision && isAccepted(publish(known), now.state);
    const policy = isWritten(authority) && isGood ? await this.publishPolicy(authority, metadata) : known;
    return this.command(id, publish(policy), metadata, ifMatch);
  }

  /** Has no new procedure get the version. @throws Problem, Rejected */
  async retire(
    id: string,
    version: number,
    reason: string | undefined,
    metadata: EventMetadata,
    ifMatch?: number,
  ): Promise<VersionChanged> {
    await this.find(id, version);
    return this.command(id, { action: 'retire', version, reason }, metadata, ifMatch);
  }

  private async find(id: string, version: number): Promise<LifecycleVersion> {
    const found = (await this.definitions.versions(id))?.find((one) => one.version === version);
    if (!found) throw new Problem('not-found');
    return found;
  }

  private async command(id: string, command: LifecycleCommand, metadata: EventMetadata, ifMatch?: number): Promise<VersionChanged> {
    const stream = streamOf(id);
    const ifGiven = ifMatch !== undefined && { ifMatch };
    const { events, state, revision, position } = await handle({
      ...{ store: this.store, decider: lifecycleVersions, stream, command, metadata, ...ifGiven },
    }).catch(async (error: unknown) => {
      await this.recordRefusal(error, `${command.action} ${stream}`, metadata);
      throw error;
    });
    const version = command.action === 'draft' ? draftedIn(events) : command.version;
    return { id, version, state: state.find((one) => one.version === version)?.state ?? 'draft', revision, position: String(position) };
  }

  private async publishPolicy(written: Parameters<typeof publishedAs>[0], metadata: EventMetadata): Promise<AuthorityPolicy | undefined> {
    const { state } = await handle({
      store: this.store,
      decider: policyVersions,
      stream: `authority-${written.id}`,
      command: written,
      metadata: { ...metadata, commandId: uuidv5(metadata.commandId, 'authority') },
    });
    return publishedAs(written, state);
  }

  /** The policy that a document has in it or names; one in it keeps its number where it says nothing new. */
  private async policyOf({ authority }: LifecycleDocument): Promise<AuthorityPolicy | undefined> {
    const versions = await this.definitions.policyVersions(authority.id);
    if (!isWritten(authority)) return versions.find(({ version }) => version === authority.version);
    return publishedAs(authority, versions) ?? { ...authority, version: 1 + Math.max(0, ...versions.map(({ version }) => version)) };
  }

  /** What a rule said no to stays on record. */
  private async recordRefusal(error: unknown, action: string, metadata: EventMetadata): Promise<void> {
    const unmet = error instanceof Rejected ? error.unmet : error instanceof InvalidDefinition ? unmetOf(error) : null;
    if (unmet === null) return;
    await recordRefusal(this.store, this.directory.date(), { action, unmet }, metadata);
  }
}

const streamOf = (lifecycle: string): string => `lifecycle-${lifecycle}`;

/** Whether the rules take the command as things stand. */
function isAccepted(command: LifecycleCommand, versions: LifecycleVersions): boolean {
  try {
    lifecycleVersions.decide(command, versions);
    return true;
  } catch (error) {
    if (error instanceof Rejected || error instanceof InvalidDefinition) return false;
    throw error;
  }
}

const unmetOf = ({ findings }: InvalidDefinition): readonly Unmet[] =>
  findings.map(({ code, path, message }) => ({ code, path, message: message.en }));

function draftedIn(events: readonly { readonly data: object }[]): number {
  const [drafted] = events as readonly { readonly data: { readonly definition?: { readonly version: number } } }[];
  return drafted?.data.definition?.version ?? 0;
}
