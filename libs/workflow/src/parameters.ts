import { Rejected, handle } from '#event-store';
import type { Decider, EventMetadata, EventStore, Handled, RecordedEvent } from '#event-store';
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
  /** YYYY-MM-DD in Vietnam: when it was set. (Default: before that was kept) */
  readonly setOn?: string;
}

/** What the log holds in `parameter-<name>`. */
export interface ParameterSet {
  readonly type: 'ParameterSet';
  readonly data: ParameterVersion;
}

interface SetParameter extends ParameterContent {
  /** YYYY-MM-DD in Vietnam. */
  readonly today: string;
}

/** Nobody sets a figure more often in earnest; versions are kept for ever, and in memory. */
export const mostSetADay = 24;

/** The versions of one parameter, oldest first. */
export const parameterVersions: Decider<SetParameter, readonly ParameterVersion[], ParameterSet> = {
  initial: [],
  decide: ({ today: setOn, ...content }, versions) => {
    if (versions.filter((one) => one.setOn === setOn).length >= mostSetADay)
      throw new Rejected([
        { code: 'set-too-often', message: `It was set ${String(mostSetADay)} times today; tomorrow it is taken again.` },
      ]);
    return [{ type: 'ParameterSet', data: { version: versions.length + 1, ...content, setOn } }];
  },
  evolve: (versions, { type, data }) => ((type as string) === 'ParameterSet' ? [...versions, data] : versions),
};

/** Versions before one, the newest of them as many as fit, oldest first. @param before A version. (Default: after the last) */
export function versionsBefore(
  versions: readonly ParameterVersion[],
  { before = Infinity, limit }: { readonly before?: number | undefined; readonly limit: number },
): { readonly versions: readonly ParameterVersion[]; readonly areMore: boolean } {
  const older = versions.filter(({ version }) => version < before);
  return { versions: older.slice(-limit), areMore: older.length > limit };
}

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
    { value, source, validFrom, today }: SetParameter,
    { metadata, ifMatch }: { readonly metadata: EventMetadata; readonly ifMatch?: number | undefined },
  ): Promise<Handled<readonly ParameterVersion[]>> {
    const command = { value, source, validFrom, today };
    const on = { store: this.store, decider: parameterVersions, stream: streamOf(name), command, metadata };
    return handle({ ...on, ...(ifMatch !== undefined && { ifMatch }) });
  }
}

const streamOf = (name: ParameterName): string => `parameter-${name}`;
