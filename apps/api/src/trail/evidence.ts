import type { Actor, RecordedEvent } from '#event-store';
import type { ActorThen } from '#identity';
import type { Because } from '#procedures';
import type { HeldRole } from '#workflow';
import type { EventReference } from './why.dto.js';

/** Events among which those are that a verdict rests on. */
export interface Evidence {
  /** Of the procedure, from its first. */
  readonly steps: readonly RecordedEvent[];
  readonly actor: Actor;
  readonly then: ActorThen;
  /** Of the parameter and the code that were looked up. */
  readonly looked: readonly RecordedEvent[];
}

/** Most events that a verdict names of each kind; the newest. */
const most = 20;

/** The events that made the fact what it was: those of the procedure, then those of people, units and parameters. */
export function evidenceOf(because: Because, { steps, actor, then, looked }: Evidence): EventReference[] {
  const own = because.revisions.flatMap((revision) => steps[revision] ?? []);
  return [...own, ...others(because, { actor, then, looked }).slice(-most)].map(({ stream, revision, position, type, recordedAt }) => ({
    ...{ stream, revision, position: String(position), type, recordedAt },
  }));
}

function others({ fact, says }: Because, { actor, then, looked }: Omit<Evidence, 'steps'>): readonly RecordedEvent[] {
  switch (fact) {
    case 'authority':
      return then.events.filter((event) => isOfAuthority(event, says, { actor, then }));
    case 'units':
      return then.events.filter(({ type }) => type === 'UnitClosed' || type === 'UnitMerged');
    case 'wage':
    case 'code':
      return looked;
    case 'stage':
    case 'review':
    case 'people':
    case 'parts':
    case 'option':
    case 'stored':
    case 'offices':
    case 'dates':
    case 'plan':
    case 'recorded':
      return [];
  }
}

/** Whether it gave or took the role that counted, or any that could have; cleared whoever acted; or let them act for somebody. */
function isOfAuthority(
  { type, stream, data }: RecordedEvent,
  { held, rules, classification }: Because['says'],
  { actor, then }: Pick<Evidence, 'actor' | 'then'>,
): boolean {
  if (type === 'DelegationGranted') return (data as { readonly to: string }).to === actor.id;
  if (type === 'DelegationRevoked') return held === null;
  if (type === 'ClearanceGranted') return classification !== 'none' && stream === `person-${actor.id}`;
  if (type !== 'RoleGranted' && type !== 'RoleRevoked') return false;
  // What a rule says of itself is plain data; these are its own names.
  const role = data as HeldRole;
  const counted = held as HeldRole | null;
  if (counted) return type === 'RoleGranted' && role.role === counted.role && then.units.present(role.unit)?.id === counted.unit;
  return (rules as readonly { readonly role: string }[]).some((rule) => rule.role === role.role);
}
