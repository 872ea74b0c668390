import { Rejected, weightOf } from '#event-store';
import type { Decider } from '#event-store';
import { isDoubt } from './finding.js';
import type { Finding, LifecycleDoubt } from './finding.js';
import type { LifecycleDefinition } from './lifecycle.js';
import type { LifecycleDocument } from './lifecycle-document.js';
import { mostOfVersions } from './most-of-versions.js';

/** What the log holds in `lifecycle-<id>`. */
export type LifecycleEvent =
  | {
      readonly type: 'LifecycleDrafted';
      readonly data: {
        /** As it was written, with the version that it got. */
        readonly definition: LifecycleDocument;
      };
    }
  | {
      readonly type: 'LifecyclePublished';
      readonly data: {
        readonly definition: LifecycleDefinition;
        /** Codes of the doubts that whoever published it confirmed. */
        readonly confirmed?: readonly string[];
      };
    }
  | { readonly type: 'LifecycleRetired'; readonly data: { readonly version: number; readonly reason?: string } };

export type LifecycleCommand =
  | { readonly action: 'draft'; readonly document: LifecycleDocument }
  | {
      readonly action: 'publish';
      readonly version: number;
      /** Of this version as it is now. */
      readonly findings: readonly Finding[];
      /** The policy version that it refers to from now on. */
      readonly authority: LifecycleDefinition['authority'];
      /** Doubts that are right all the same. (Default: none) */
      readonly confirm?: readonly LifecycleDoubt[] | undefined;
    }
  | { readonly action: 'retire'; readonly version: number; readonly reason?: string | undefined };

export type VersionState = 'draft' | 'published' | 'retired';

export interface LifecycleVersion {
  readonly version: number;
  readonly state: VersionState;
  /** As it was written; once published, as it was published. */
  readonly document: LifecycleDocument;
  /** Null while it never was. */
  readonly published: LifecycleDefinition | null;
}

/** All versions of one lifecycle, oldest first. */
export type LifecycleVersions = readonly LifecycleVersion[];

/** Errors were found in a definition that was to be published. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';
  constructor(readonly findings: readonly Finding[]) {
    super(`The definition cannot be published: ${findings.map(({ message }) => message.en).join(' ')}`);
  }
}

/** The versions of one lifecycle: drafted, published, retired. What was published never changes. */
export const lifecycleVersions: Decider<LifecycleCommand, LifecycleVersions, LifecycleEvent> = {
  initial: [],
  decide: (command, versions) => [decide(command, versions)],
  evolve: (versions, event) => {
    switch (event.type) {
      case 'LifecycleDrafted': {
        const { definition } = event.data;
        return withVersion(versions, { version: definition.version, state: 'draft', document: definition, published: null });
      }
      case 'LifecyclePublished': {
        const { definition } = event.data;
        return withVersion(versions, { version: definition.version, state: 'published', document: definition, published: definition });
      }
      case 'LifecycleRetired': {
        const retired = versions.find(({ version }) => version === event.data.version);
        return retired ? withVersion(versions, { ...retired, state: 'retired' }) : versions;
      }
      default:
        // What another version of the product wrote.
        return versions;
    }
  },
};

/** The version that new procedures get: the newest that is published and not retired. */
export function currentVersion(versions: LifecycleVersions): LifecycleDefinition | undefined {
  return versions.findLast(({ state }) => state === 'published')?.published ?? undefined;
}

/** @throws Rejected, InvalidDefinition */
function decide(command: LifecycleCommand, versions: LifecycleVersions): LifecycleEvent {
  if (command.action === 'draft') {
    mustHaveRoom(versions);
    const version = 1 + Math.max(0, ...versions.map((one) => one.version));
    return { type: 'LifecycleDrafted', data: { definition: { ...command.document, version } } };
  }
  const { version } = command;
  const found = versions.find((one) => one.version === version);
  if (!found) throw new Rejected([{ code: 'not-found', message: `There is no version ${String(version)}.` }]);
  if (command.action === 'retire') return retire(found, versions, command.reason);
  if (found.state !== 'draft') throw wrongState(`Version ${String(version)} is ${found.state}; only a draft can be published.`);
  const newer = currentVersion(versions);
  if (newer && newer.version > version)
    throw wrongState(`Version ${String(newer.version)} is published, which is newer; draft this one again.`);
  const errors = command.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new InvalidDefinition(errors);
  const definition = complete(found.document, command.authority);
  const confirmed = confirmedOf(command.findings, command.confirm);
  return { type: 'LifecyclePublished', data: { definition, ...(confirmed.length > 0 && { confirmed }) } };
}

/** @throws Rejected */
function mustHaveRoom(versions: LifecycleVersions): void {
  const { count, characters } = mostOfVersions;
  if (versions.length >= count || versions.reduce((sum, { document }) => sum + weightOf(document), 0) >= characters)
    throw new Rejected([{ code: 'record-full', message: 'There are so many versions of the lifecycle that no more are drafted.' }]);
}

/** The codes of the doubts, each once. @throws Rejected for those that are not confirmed */
function confirmedOf(findings: readonly Finding[], confirm: readonly LifecycleDoubt[] = []): readonly LifecycleDoubt[] {
  const doubts = findings.flatMap(({ code, path, message }) => (isDoubt(code) ? [{ code, path, message: message.en }] : []));
  const [first, ...others] = doubts.filter(({ code }) => !confirm.includes(code));
  if (first) throw new Rejected([first, ...others]);
  return [...new Set(doubts.map(({ code }) => code))];
}

function retire({ version, state }: LifecycleVersion, versions: LifecycleVersions, reason: string | undefined): LifecycleEvent {
  if (state === 'retired') throw wrongState(`Version ${String(version)} is retired.`);
  const isLast = state === 'published' && !versions.some((one) => one.version !== version && one.state === 'published');
  if (isLast)
    throw new Rejected([{ code: 'last-definition', message: `Version ${String(version)} is the only one that new procedures can have.` }]);
  return { type: 'LifecycleRetired', data: { version, ...(reason !== undefined && { reason }) } };
}

const wrongState = (message: string): Rejected => new Rejected([{ code: 'definition-state', message }]);

/** A document without errors has all that a definition has. */
function complete(document: LifecycleDocument, authority: LifecycleDefinition['authority']): LifecycleDefinition {
  return { ...document, authority } as LifecycleDefinition;
}

function withVersion(versions: LifecycleVersions, changed: LifecycleVersion): LifecycleVersions {
  return [...versions.filter(({ version }) => version !== changed.version), changed].sort((one, other) => one.version - other.version);
}
