import type { ProcedureEvent } from './events.js';

type Corrected = Extract<ProcedureEvent, { type: 'RecordCorrected' }>['data'];
type Correction = Pick<Corrected, 'changes' | 'saving' | 'definition'> & Partial<Pick<Corrected, 'stage'>>;

/** The event as it reads once the changes are made; a path that leads nowhere changes nothing. */
export function correctedEvent(event: ProcedureEvent, correction: Correction): ProcedureEvent {
  const copy = copyOf(event);
  correctCopy(copy, correction);
  return copy;
}

/** An event that may be corrected in place. */
export function copyOf(event: ProcedureEvent): ProcedureEvent {
  // The type and its data still belong together.
  return { ...event, data: structuredClone(event.data) } as ProcedureEvent;
}

/**
 * Makes the changes in the event itself, so that many corrections of one record cost what they change. The paths exist and the
 * values were of the same shape when the correction was decided, so the event's type still holds.
 */
export function correctCopy({ type, data }: ProcedureEvent, { changes, saving, definition, stage }: Correction): void {
  for (const [path, value] of Object.entries(changes))
    if (type === 'ProcedureRegistered' && canBeAdded.includes(path)) addOrRemove(data, path, value);
    else setAt(data, path.split('.'), value);
  if (saving !== undefined) set(data, 'saving', saving);
  if (definition === undefined) return;
  // What begins under another lifecycle begins in its first stage.
  set(data, 'definition', definition);
  set(data, 'stage', stage);
}

/** What a registration may do without; a correction adds it or, by null, takes it away. */
const canBeAdded: readonly string[] = ['code', 'group'];

function addOrRemove(data: object, name: string, value: unknown): void {
  if (value === null) Reflect.deleteProperty(data, name);
  else set(data, name, value);
}

function setAt(target: unknown, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined || typeof target !== 'object' || target === null) return;
  const name = standingFor(key, target);
  // A list has its items alone; it is not made longer or shorter.
  if (name === undefined || (Array.isArray(target) && !/^\d+$/.test(key))) return;
  if (rest.length > 0) {
    setAt((target as Readonly<Record<string, unknown>>)[name], rest, value);
    return;
  }
  if (name !== key) Reflect.deleteProperty(target, name);
  // A later change may go into what this one puts here.
  set(target, key, structuredClone(value));
}

/** Also where the name is one that an assignment would take for something else. */
function set(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** How often is said by one of these, and a correction may say it by the other. */
const frequencies = ['timesPerYear', 'everyYears'];

/** The name in the record that a correction of `key` is about: its own, or the one that it stands instead of; undefined where there is none. */
export function standingFor(key: string, record: object): string | undefined {
  if (Object.hasOwn(record, key)) return key;
  return frequencies.includes(key) ? frequencies.find((name) => Object.hasOwn(record, name)) : undefined;
}
