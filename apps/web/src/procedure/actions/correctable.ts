import { leavesOf } from '../../form/leaves';
import type { Value } from '../../form/leaves';

/** A record as history shows it. */
interface Item {
  readonly type: string;
  readonly revision: number | null;
  readonly data: object;
}

/** A record of which values may have been mistyped. */
export interface Correctable {
  readonly type: string;
  readonly revision: number;
  /** YYYY-MM-DD. */
  readonly occurredOn: string;
  /** What it holds, by path, as it reads now. */
  readonly values: readonly (readonly [path: string, value: Value])[];
}

/** What later revisions, permissions or other streams hang on is never a typing mistake; the API refuses it. */
const fixed = /^(stage|optionId|by|classification|definition|saving|passed|attachments|confirmed)(\.|$)/;
const notRecords: readonly string[] = ['RecordCorrected', 'ProcedureMigrated', 'CostMeasured', 'ProcedureTransferred', 'CommandRefused'];

/** The records of a procedure, the newest first, with what they read after all corrections. @param items The newest first */
export function correctableIn(items: readonly Item[]): readonly Correctable[] {
  const corrections = items.filter(({ type }) => type === 'RecordCorrected').map(({ data }) => data as Correction);
  return items.flatMap(({ type, revision, data }) => {
    if (revision === null || notRecords.includes(type)) return [];
    // The newest correction of a value comes first, and stands.
    const changes = Object.fromEntries(
      corrections
        .filter((one) => one.revision === revision)
        .flatMap((one) => leavesOf(one.changes))
        .toReversed(),
    );
    const now = leavesOf(data).map(([path, value]) => [path, changes[path] ?? value] as const);
    const occurredOn = now.find(([path]) => path === 'occurredOn')?.[1];
    const values = now.filter(([path]) => !fixed.test(path) && !path.endsWith('.scan'));
    return [{ type, revision, occurredOn: String(occurredOn ?? ''), values }];
  });
}

interface Correction {
  readonly revision: number;
  readonly changes: object;
}
