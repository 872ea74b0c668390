/** What happened, as far as it matters for where a procedure stands. */
interface Record {
  readonly revision: number | null;
  readonly type: string;
  readonly recordedAt: string;
  readonly stageBefore: string | null;
  readonly stageAfter: string | null;
}

/** A stage that the procedure came to. */
export interface Arrival {
  readonly stage: string;
  /** ISO 8601. */
  readonly at: string;
  /** Event type by which it came there. */
  readonly by: string;
}

/** The stages that it came to up to a revision, the first one first. */
export function wayOf(records: readonly Record[], revision: number): readonly Arrival[] {
  return records
    .filter((record) => record.revision !== null && record.revision <= revision && record.stageBefore !== record.stageAfter)
    .toSorted((one, other) => (one.revision ?? 0) - (other.revision ?? 0))
    .flatMap(({ stageAfter, recordedAt, type }) => (stageAfter === null ? [] : [{ stage: stageAfter, at: recordedAt, by: type }]));
}
