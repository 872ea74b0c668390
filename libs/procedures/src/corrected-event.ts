import type { ProcedureEvent } from './events.js';

/** The event as it reads once the changes are made; a path that leads nowhere changes nothing. */
export function correctedEvent(
  event: ProcedureEvent,
  { changes, saving }: Pick<Extract<ProcedureEvent, { type: 'RecordCorrected' }>['data'], 'changes' | 'saving'>,
): ProcedureEvent {
  const data = Object.entries(changes).reduce<unknown>((before, [path, value]) => changedAt(before, path.split('.'), value), event.data);
  // The paths exist and the values were of the same shape when the correction was decided, so the event's type still holds.
  return { ...event, data: saving === undefined ? data : { ...(data as object), saving } } as ProcedureEvent;
}

/** The value at the path replaced; a path that leads nowhere changes nothing. */
function changedAt(target: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof target !== 'object' || target === null) return target;
  const name = standingFor(key, target);
  if (name === undefined) return target;
  if (Array.isArray(target)) return target.map((item: unknown, index) => (String(index) === key ? changedAt(item, rest, value) : item));
  return Object.fromEntries(
    Object.entries(target).map(([each, item]) => (each === name ? [key, changedAt(item, rest, value)] : [each, item])),
  );
}

/** How often is said by one of these, and a correction may say it by the other. */
const frequencies = ['timesPerYear', 'everyYears'];

/** The name in the record that a correction of `key` is about: its own, or the one that it stands instead of; undefined where there is none. */
export function standingFor(key: string, record: object): string | undefined {
  if (Object.hasOwn(record, key)) return key;
  return frequencies.includes(key) ? frequencies.find((name) => Object.hasOwn(record, name)) : undefined;
}
