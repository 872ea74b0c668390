import { Rejected, handle } from '#event-store';
import type { Actor, Decider, EventMetadata, EventStore, Handled, RecordedEvent } from '#event-store';
import { StreamTail } from '#workflow';
import type { PaperKind } from './paper.js';

/** Another wording of a paper, or the built-in one again. */
export interface TemplateChange {
  /** Null restores the built-in one. */
  readonly text: string | null;
  readonly reason: string;
}

interface TemplateVersion extends TemplateChange {
  /** From 1; the built-in wording is 0. */
  readonly version: number;
}

/** With who gave it, and when. */
interface GivenTemplate extends TemplateVersion {
  readonly actor: Actor;
  readonly position: bigint;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
}

/** What the log holds in `paper-template-<paper>`. */
type TemplateEvent =
  | { readonly type: 'PaperTemplateReplaced'; readonly data: { readonly version: number; readonly text: string; readonly reason: string } }
  | { readonly type: 'PaperTemplateRestored'; readonly data: { readonly version: number; readonly reason: string } };

/** How much is kept of the wordings of one paper: all are held in memory. */
const mostOfVersions = { count: 500, characters: 5_000_000 } as const;

/** The wordings of one paper, oldest first. Whether one can be read is asked before. */
export const templateVersions: Decider<TemplateChange, readonly TemplateVersion[], TemplateEvent> = {
  initial: [],
  decide: ({ text, reason }, versions) => {
    const characters = versions.reduce((all, version) => all + (version.text?.length ?? 0), 0);
    // What is full can still be given up for the built-in wording.
    if (text !== null && (versions.length >= mostOfVersions.count || characters + text.length > mostOfVersions.characters))
      throw new Rejected([{ code: 'record-full', message: 'There are so many versions of the template that no more are taken.' }]);
    const version = versions.length + 1;
    if (text !== null) return [{ type: 'PaperTemplateReplaced', data: { version, text, reason } }];
    if ((versions.at(-1)?.text ?? null) === null)
      throw new Rejected([{ code: 'wrong-stage', message: 'The paper has its built-in wording already.' }]);
    return [{ type: 'PaperTemplateRestored', data: { version, reason } }];
  },
  evolve: (versions, event) => {
    const version = versionIn(event);
    return version ? [...versions, version] : versions;
  },
};

/** Null for what another version of the product wrote. */
function versionIn({ type, data }: TemplateEvent): TemplateVersion | null {
  if ((type as string) !== 'PaperTemplateReplaced' && (type as string) !== 'PaperTemplateRestored') return null;
  return { text: null, ...data };
}

const given = {
  initial: [] as readonly GivenTemplate[],
  evolve: (versions: readonly GivenTemplate[], { type, data, metadata, position, recordedAt }: RecordedEvent): readonly GivenTemplate[] => {
    // The log's data is what the decider once made.
    const version = versionIn({ type, data } as TemplateEvent);
    return version ? [...versions, { ...version, actor: metadata.actor, position, recordedAt }] : versions;
  },
};

/** The wordings that administrators gave to papers, as the log has them whenever they are asked for. */
export class PaperTemplates {
  private readonly tails = new Map<PaperKind, StreamTail<readonly GivenTemplate[], RecordedEvent>>();

  constructor(private readonly store: EventStore) {}

  /** Oldest first; none while the paper has had its built-in wording only. @throws Unavailable */
  versions(kind: PaperKind): Promise<readonly GivenTemplate[]> {
    const tail = this.tails.get(kind) ?? new StreamTail(this.store, streamOf(kind), given);
    this.tails.set(kind, tail);
    return tail.read();
  }

  /** @throws Rejected, RevisionConflict, KeyReused, Unavailable */
  change(
    kind: PaperKind,
    command: TemplateChange,
    { metadata, ifMatch }: { readonly metadata: EventMetadata; readonly ifMatch?: number | undefined },
  ): Promise<Handled<readonly TemplateVersion[]>> {
    const on = { store: this.store, decider: templateVersions, stream: streamOf(kind), command, metadata };
    return handle({ ...on, ...(ifMatch !== undefined && { ifMatch }) });
  }
}

const streamOf = (kind: PaperKind): string => `paper-template-${kind}`;
