/** What happened, as far as it matters for where a procedure stands. */
interface Record {
  readonly revision: number | null;
  readonly type: string;
  readonly recordedAt: string;
  readonly data: object;
  readonly stageBefore: string | null;
  readonly stageAfter: string | null;
}

/** A stage that the procedure came to. */
export interface Arrival {
  readonly stage: string;
  /** On which day it is said to have happened, as it reads after corrections; where none is stated, when it was recorded. ISO 8601. */
  readonly at: string;
  /** Event type by which it came there. */
  readonly by: string;
}

/** The stages that it came to up to a revision, the first one first. */
export function wayOf(records: readonly Record[], revision: number): readonly Arrival[] {
  const until = records
    .filter((record) => record.revision !== null && record.revision <= revision)
    .toSorted((one, other) => (one.revision ?? 0) - (other.revision ?? 0));
  // The newest correction comes last, and stands.
  const corrected = new Map(until.filter(({ type }) => type === 'RecordCorrected').flatMap(({ data }) => correctedDay(data)));
  return until
    .filter(({ stageBefore, stageAfter }) => stageBefore !== stageAfter)
    .flatMap(({ stageAfter, recordedAt, type, data, ...record }) =>
      stageAfter === null ? [] : [{ stage: stageAfter, at: corrected.get(record.revision ?? -1) ?? dayIn(data) ?? recordedAt, by: type }],
    );
}

const dayIn = ({ occurredOn }: { readonly occurredOn?: unknown }): string | undefined =>
  typeof occurredOn === 'string' ? occurredOn : undefined;

function correctedDay(data: { readonly revision?: unknown; readonly changes?: object }): readonly (readonly [number, string])[] {
  const day = dayIn(data.changes ?? {});
  return typeof data.revision === 'number' && day !== undefined ? [[data.revision, day]] : [];
}
