import { groups, kinds, unitClosed } from '#workflow';
import type { DecisionContext } from './commands.js';
import { correctedEvent } from './corrected-event.js';
import type { ProcedureEvent } from './events.js';
import { InvalidBody } from '#event-store';
import type { FieldError } from '#event-store';
import { OtherDefinition } from './look-again.js';
import { faultOfCode, tidyCode } from './official-code.js';
import { mayAct } from './authorising.js';
import type { Condition } from './conditions.js';
import type { RegisteredProcedure } from './state.js';
import { verdict } from './verdict.js';
import type { Verdict } from './verdict.js';

type Registered = Extract<ProcedureEvent, { type: 'ProcedureRegistered' }>;
type Changes = Readonly<Record<string, unknown>>;

/** What others rely on: under which lifecycle and whose authority a procedure stands, and by which code it is known. */
const relied = ['kind', 'group', 'owningUnit', 'code'] as const;
type Relied = (typeof relied)[number];

/** Which of these a correction of the registration names; null for any other path. */
export function reliedOn(path: string): Relied | null {
  return relied.find((one) => one === path) ?? null;
}

/** What is wrong with the value of one of them. */
export function errorsOfRelied(name: Relied, value: unknown, { units }: DecisionContext): readonly FieldError[] {
  const wrong = (message: string | null): readonly FieldError[] => (message === null ? [] : [{ path: `changes.${name}`, message }]);
  switch (name) {
    case 'kind':
      return wrong(kinds.some((kind) => kind === value) ? null : `must be one of ${kinds.join(', ')}`);
    case 'group':
      return wrong(value === null || groups.some((group) => group === value) ? null : `must be one of ${groups.join(', ')}, or null`);
    case 'owningUnit':
      return wrong(typeof value === 'string' && units.get(value.toLowerCase()) ? null : 'is not a unit that exists');
    case 'code':
      return wrong(value === null ? null : faultOfCode(value));
  }
}

/** One of these as it is kept. */
export function tidyRelied(name: Relied, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return name === 'code' ? tidyCode(value) : name === 'owningUnit' ? value.toLowerCase() : value;
}

/**
 * What a correction of the registration comes to. A procedure that has gone no further than to be registered may get another
 * kind, group and owning unit, by whoever could register it so; another code then, or where it has none, or none but one that
 * came by a correction.
 * @throws InvalidBody, OtherDefinition where the lifecycle of the kind was not looked up
 */
export function correctRegistration(
  record: Registered,
  changes: Changes,
  state: RegisteredProcedure,
  context: DecisionContext,
): Pick<Extract<ProcedureEvent, { type: 'RecordCorrected' }>['data'], 'changes' | 'definition'> & {
  readonly stage?: string;
  readonly isUnreserved?: boolean;
  readonly verdicts: readonly Verdict[];
} {
  const before = record.data;
  const leavesGroups = before.group !== undefined && changes.kind !== undefined && changes.kind !== 'internal';
  const complete = leavesGroups && !Object.hasOwn(changes, 'group') ? { ...changes, group: null } : changes;
  const after = (correctedEvent(record, { changes: complete }) as Registered).data;
  if ((after.kind === 'internal') !== (after.group !== undefined))
    throw new InvalidBody([
      {
        path: 'changes.group',
        message: after.kind === 'internal' ? 'is required for an internal procedure' : 'is for internal procedures only',
      },
    ]);
  const other = after.kind === before.kind ? undefined : context.ofKind;
  if (after.kind !== before.kind && other?.definition.kind !== after.kind)
    throw new OtherDefinition(`The lifecycle of ${after.kind} procedures was not looked up.`);
  const { definition, authority } = other ?? context;
  if (after.code === undefined && definition.transitions.some(({ action, inputs }) => action === 'register' && inputs?.includes('code')))
    throw new InvalidBody([{ path: 'changes.code', message: 'is required here by the lifecycle' }]);

  const moved = (['kind', 'group', 'owningUnit'] as const).filter((name) => after[name] !== before[name]);
  const isRegistered = hasOnlyRegistered(state, context);
  const recodes = after.code !== before.code;
  const keepsCode = recodes && !isRegistered && before.code !== undefined && !codeWasCorrected(state);
  const late = [
    ...moved.filter((name) => !isRegistered || (name === 'owningUnit' && wasTransferred(state))).map((name) => tooLate(name, state)),
    ...(keepsCode ? [tooLate('code', state)] : []),
  ];
  const verdicts: readonly Verdict[] = [
    ...(moved.length > 0 ? [mayAct('register', after, { ...context, definition, authority })] : []),
    ...(recodes && after.code !== undefined ? [codeIsFree(after.code, 'changes.code', context)] : []),
    ...(moved.includes('owningUnit') ? [unitsAreOpen([{ unit: after.owningUnit, path: 'changes.owningUnit' }], context)] : []),
    ...(moved.length > 0 || recodes
      ? [
          verdict('wrong-stage', late, 'stage', () => ({
            says: { stage: state.stage, isOnlyRegistered: isRegistered, moved: [...moved, ...(recodes ? ['code'] : [])] },
            revisions: [state.records.length - 1],
          })),
        ]
      : []),
  ];
  const { id, version } = definition;
  const isUnreserved = recodes && after.code !== undefined && context.codeTaken === 'unreserved';
  return {
    changes: complete,
    verdicts,
    ...(isUnreserved && { isUnreserved }),
    ...(other && { definition: { id, version }, stage: definition.initial }),
  };
}

/** Whether no other procedure has the code. */
export function codeIsFree(code: string, path: string, { codeTaken }: DecisionContext): Verdict {
  const taken: Condition = { code: 'code-taken', message: 'Another procedure has this official code.', path };
  return verdict('code-taken', codeTaken === true ? [taken] : [], 'code', () => ({ says: { code, taken: codeTaken === true } }));
}

/** Whether all of these units take on what begins, each with its path in the body. */
export function unitsAreOpen(named: readonly { readonly unit: string; readonly path: string }[], { units }: DecisionContext): Verdict {
  const unmet = named.flatMap(({ unit, path }) => unitClosed(units, unit, path));
  return verdict('unit-closed', unmet, 'units', () => ({
    says: { units: named.map(({ unit }) => ({ unit, closed: units.get(unit)?.closed === true })) },
  }));
}

/** Whether nothing has happened that went by its kind, group and owner: parts were amended, records corrected. */
function hasOnlyRegistered({ stage, records }: RegisteredProcedure, { definition }: DecisionContext): boolean {
  const harmless: readonly unknown[] = ['register', 'amend-parts', 'correct', 'migrate', 'measure', 'transfer', 'suspend', 'resume'];
  return stage === definition.initial && records.every(({ action }) => harmless.includes(action));
}

/** Whether a reorganisation has given it to its unit: where it was registered is what that went by. */
const wasTransferred = ({ records }: RegisteredProcedure): boolean => records.some(({ action }) => action === 'transfer');

/** Whether the code came by a correction: nobody relied on it when the procedure was reviewed, so a typing mistake in it can be mended. */
function codeWasCorrected({ records }: RegisteredProcedure): boolean {
  return records.some(
    ({ event }) => event.type === 'RecordCorrected' && event.data.revision === 0 && Object.hasOwn(event.data.changes, 'code'),
  );
}

function tooLate(name: Relied, { stage }: RegisteredProcedure): Condition {
  return {
    code: 'wrong-stage',
    message: `"${name}" can be corrected only while the procedure is registered and no more: it is ${stage}.`,
    path: `changes.${name}`,
  };
}
