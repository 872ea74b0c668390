import type { BundleRequest, BundleScope, Subject } from '#audit';
import { deadlinePrefix } from '#deadlines';
import type { RecordedEvent } from '#event-store';
import type { Person } from '#identity';
import { idsIn } from '#platform';
import type { Database } from '#platform';
import { classifiedIn, procedureStream, selectedProcedures } from '#procedures';
import { StateClaim } from '#replay';
import { movedIn } from '#reorganisation';
import { proceduresTouched } from '#reporting';
import { isCleared } from '#workflow';
import type { Sight, UnitTree } from '#workflow';
import { inquiredProcedures, inquiriesInto } from '#worklist';
import { Problem } from '../http/problem.js';
import { endOf, startOf } from '../reading/reading.dto.js';

/** What decisions rest on: who might do what, by which days, in which tree of units. */
const contextPrefixes = ['lifecycle-', 'authority-', 'calendar-', 'unit-', 'parameter-', 'audit-log'];

const streamsOf = (procedure: string): readonly string[] => [
  procedureStream(procedure),
  ...['comments-', 'claim-', deadlinePrefix].map((prefix) => prefix + procedure),
];

/** What a bundle is about. Of a procedure that is not there for whoever fetches it any more nothing is left, not even how many leaves it has. */
export function subjectOf({ scope, procedures }: Pick<BundleRequest, 'scope' | 'procedures'>, { isThere }: SightOfEvents): Subject {
  if (procedures) return { state: null, streams: procedures.filter(isThere).flatMap(streamsOf), contextPrefixes };
  if ('procedure' in scope) {
    const { procedure } = scope;
    return { state: new StateClaim(procedureStream(procedure)), streams: isThere(procedure) ? streamsOf(procedure) : [], contextPrefixes };
  }
  if ('programme' in scope) {
    const stream = `programme-${scope.programme}`;
    return { state: new StateClaim(stream), streams: [stream], contextPrefixes };
  }
  return { state: null, streams: null, contextPrefixes: 'all' in scope ? [] : contextPrefixes };
}

/** Most procedures of one bundle, and of those that are looked through for what happened in a period. */
const [mostProcedures, mostSought] = [2_000, 50_000];

/** The procedures that a unit, what is below it and what was merged into it own, as far as somebody may see them, where there is a period those that something is recorded about in it; null for other scopes. @throws Problem */
export async function proceduresIn(scope: BundleScope, database: Database, { units, sight }: { readonly units: UnitTree; readonly sight: Sight }): Promise<readonly string[] | null> {
  if (!('unit' in scope)) return null;
  if (!units.get(scope.unit)) throw new Problem('invalid-body', { errors: [{ path: 'unit', message: 'is no unit', vi: 'không phải là đơn vị' }] });
  const { unit, from, to } = scope;
  const isOfPeriod = from !== undefined || to !== undefined;
  const all = await selectedProcedures(database, { units: units.subtree(unit), sight, sort: 'registered', limit: (isOfPeriod ? mostSought : mostProcedures) + 1 });
  const period = { from: from === undefined ? undefined : startOf(from), before: to === undefined ? undefined : endOf(to) };
  const touched = isOfPeriod && all.length <= mostSought ? await proceduresTouched(database, all, period) : null;
  const found = touched ? all.filter((id) => touched.has(id)) : all;
  if (found.length <= mostProcedures) return found;
  const message = `has more than ${String(mostProcedures)} procedures; ask for the units below it one by one`;
  throw new Problem('invalid-body', { errors: [{ path: 'unit', message, vi: `có hơn ${String(mostProcedures)} thủ tục; hãy lấy theo từng đơn vị trực thuộc` }] });
} // prettier-ignore

/** Views that must hold an event before it can be said who may see it. */
export const viewsOfSight = ['register', 'tasks'] as const;

/** What somebody who is not cleared for everything may see of the log. */
export interface SightOfEvents {
  /** Whether a procedure is there for them. */
  readonly isThere: (procedure: string) => boolean;
  /** Whether they may see an event with its data: not where it is about a classified procedure that they are not cleared for, or says how many of those there are. */
  readonly maySee: (event: RecordedEvent) => boolean;
}

export async function sightOfEvents(database: Database, { clearance }: Sight): Promise<SightOfEvents> {
  const { rows } = await database.pool.query<{ id: string }>('SELECT procedure_id AS id FROM audit.classified');
  const ids = rows.map(({ id }) => id);
  const [inquired, known] = [await inquiredProcedures(database, ids), await classifiedIn(database, ids)];
  // What the view does not know yet is seen by few.
  const hiddenIds = ids.filter((id) => !isCleared(clearance, known.get(inquired.get(id) ?? id)?.classification ?? 'topSecret'));
  if (hiddenIds.length === 0) return { isThere: () => true, maySee: () => true };
  // What units answer names the question alone.
  const hidden = new Set([...hiddenIds, ...(await inquiriesInto(database, hiddenIds))]);
  const names = (text: string): boolean => idsIn(text).some((id) => hidden.has(id));
  const counts = (event: RecordedEvent): boolean => movedIn(event).some((classification) => !isCleared(clearance, classification));
  return {
    isThere: (procedure) => !hidden.has(procedure),
    maySee: (event) => !names(event.stream) && !names(JSON.stringify(event.data)) && !counts(event),
  };
}

/** Whether somebody hands out what belongs to everybody. */
const isAuditor = ({ roles }: Person): boolean => roles.some(({ role }) => role === 'auditor');

/** @throws Problem where the person is no auditor */
export function mustAudit(person: Person): void {
  if (!isAuditor(person)) throw new Problem('not-authorised', { detail: 'This is for auditors.' });
}
