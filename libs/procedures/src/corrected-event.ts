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
  if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return target;
  if (Array.isArray(target)) return target.map((item: unknown, index) => (String(index) === key ? changedAt(item, rest, value) : item));
  return Object.fromEntries(Object.entries(target).map(([name, item]) => [name, name === key ? changedAt(item, rest, value) : item]));
}
