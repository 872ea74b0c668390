import { Rejected, handle } from '#event-store';
import type { Decider, EventMetadata, EventStore, Handled, RecordedEvent } from '#event-store';
import { mostOfVersions } from './most-of-versions.js';
import { StreamTail } from './stream-tail.js';

/** Figures that change with time: `hourlyWage`, whole đồng, that costs are reckoned with; `periodLastDay`, the day of a month on which reporting periods end. */
export const parameterNames = ['hourlyWage', 'periodLastDay'] as const;
export type ParameterName = (typeof parameterNames)[number];

export interface ParameterContent {
  readonly value: number;
  /** Where the figure comes from. */
  readonly source: string;
  /** YYYY-MM-DD, the first day. */
  readonly validFrom: string;
}

export interface ParameterVersion extends ParameterContent {
  /** From 1. */
  readonly version: number;
}

/** What the log holds in `parameter-<name>`. */
export interface ParameterSet {
  readonly type: 'ParameterSet';
  readonly data: ParameterVersion;
}

/** The versions of one parameter, oldest first. */
export const parameterVersions: Decider<ParameterContent, readonly ParameterVersion[], ParameterSet> = {
  initial: [],
  decide: (content, versions) => {
    if (versions.length >= mostOfVersions.count)
      throw new Rejected([{ code: 'record-full', message: 'There are so many versions of the parameter that no more are taken.' }]);
    return [{ type: 'ParameterSet', data: { version: versions.length + 1, ...content } }];
  },
  evolve: (versions, { type, data }) => ((type as string) === 'ParameterSet' ? [...versions, data] : versions),
};

/** The versions that these events of a parameter set, oldest first. */
export const parameterVersionsIn = (events: readonly RecordedEvent[]): readonly ParameterVersion[] =>
  // The log's data is what the decider once made.
  events.reduce((versions, event) => parameterVersions.evolve(versions, event as unknown as ParameterSet), parameterVersions.initial);

/** The version in force on that day: the one that began last, and of several that began then the newest; null before the first. */
export function inForceOn(versions: readonly ParameterVersion[], day: string): ParameterVersion | null {
  return versions.reduce<ParameterVersion | null>(
    (found, one) => (one.validFrom <= day && (found === null || one.validFrom >= found.validFrom) ? one : found),
    null,
  );
}

/** The parameters of an installation, as the log has them whenever they are asked for. None is set until an administrator does. */
export class Parameters {
  private readonly tails = new Map<ParameterName, StreamTail<readonly ParameterVersion[], ParameterSet>>();

  constructor(private readonly store: EventStore) {}

  /** Oldest first. @throws Unavailable */
  async versions(name: ParameterName): Promise<readonly ParameterVersion[]> {
    const tail = this.tails.get(name) ?? new StreamTail(this.store, streamOf(name), parameterVersions);
    this.tails.set(name, tail);
    return tail.read();
  }

  /** @throws Rejected, RevisionConflict, KeyReused, Unavailable */
  async set(
    name: ParameterName,
    { value, source, validFrom }: ParameterContent,
    { metadata, ifMatch }: { readonly metadata: EventMetadata; readonly ifMatch?: number | undefined },
  ): Promise<Handled<readonly ParameterVersion[]>> {
    const command = { value, source, validFrom };
    const on = { store: this.store, decider: parameterVersions, stream: streamOf(name), command, metadata };
    return handle({ ...on, ...(ifMatch !== undefined && { ifMatch }) });
  }
}

const streamOf = (name: ParameterName): string => `parameter-${name}`;
