import { InvalidBody, Rejected } from '#event-store';
import type { Authority, RefusedCommand, Unmet } from '#event-store';
import { everyAction } from '#workflow';
import type { AnyAction, LifecycleDefinition } from '#workflow';
import { mayAct } from '../authorising.js';
import type { DecisionContext } from '../commands.js';
import { conditions } from '../conditions.js';
import type { ProcedureEvent } from '../events.js';
import { mayMeasure } from '../measured.js';
import { judge, procedure } from '../procedure.js';
import { hasRoom, verdictsOn } from '../rules.js';
import type { Procedure, RegisteredProcedure } from '../state.js';
import { unmetOf, verdict } from '../verdict.js';
import type { Verdict } from '../verdict.js';
import { commandOf } from './command-of.js';

/** What today's code says of a command of the past, from what held then. */
export interface DecidedAgain {
  /** In the order in which a refusal would name them. */
  readonly verdicts: readonly Verdict<Unmet>[];
  /** What it comes to; `unreadable` where today's code does not take such a body or event any more. */
  readonly outcome: 'accepted' | 'refused' | 'unreadable';
  /** Where today's code decides otherwise: paths in the event, or codes of a refusal; empty where it decides the same. */
  readonly differences: readonly Differing[];
}

/** Undefined where there is nothing on that side. */
interface Differing {
  readonly path: string;
  readonly then?: unknown;
  readonly now?: unknown;
}

/**
 * Decides again what led to the event. @param actor In which role it was done, as the event has it.
 * @param to The lifecycle that a migration leads to. (Default: it is no migration)
 */
export function decidedAgain(
  event: ProcedureEvent,
  before: Procedure,
  context: Omit<DecisionContext, 'newId' | 'files'>,
  { actor, to }: { readonly actor: Authority; readonly to?: LifecycleDefinition | undefined },
): DecidedAgain {
  const command = commandOf(event, before, context, to);
  if (!command) return unreadable('type', event.type);
  try {
    const { verdicts, event: decided } = judge(command, before);
    const unmet = unmetOf(verdicts);
    if (unmet.length > 0)
      return { verdicts: inPlace(verdicts), outcome: 'refused', differences: unmet.map(({ code }) => ({ path: 'unmet', now: code })) };
    const role = procedure.authority?.(command, before) ?? null;
    const differences = [
      ...differing(event.data, decided().data, 'data'),
      ...differing({ role: actor.role, unit: actor.unit }, { role: role?.role, unit: role?.unit }, 'actor'),
    ];
    return { verdicts: inPlace(verdicts), outcome: 'accepted', differences };
  } catch (error) {
    if (error instanceof Rejected) return { verdicts: [], outcome: 'refused', differences: error.unmet.map(({ code }) => ({ path: 'unmet', now: code })) };
    if (error instanceof InvalidBody) return { verdicts: [], outcome: 'unreadable', differences: error.errors.map(({ path, message }) => ({ path: `data.${path}`, now: message })) };
    throw error;
  }
} // prettier-ignore

const unreadable = (path: string, then: unknown): DecidedAgain => ({ verdicts: [], outcome: 'unreadable', differences: [{ path, then }] });

/**
 * Decides again what was refused. No refusal keeps the body of its command, so of a rule that asks for it is told what was recorded, and
 * it counts as the same. @param on The procedure that it was refused on, and what held; null for a command about none
 */
export function refusedAgain(
  { action, unmet }: Pick<RefusedCommand, 'action' | 'unmet'>,
  on: { readonly state: RegisteredProcedure; readonly context: Omit<DecisionContext, 'newId' | 'files'> } | null,
): DecidedAgain {
  const asked = on ? verdictsWithoutBody(action, on.state, { ...on.context, newId: '' }) : [];
  const found = unmetOf(asked).map(({ code }) => code);
  const recorded = [...new Set(unmet.map(({ code }) => code))];
  const differences: readonly Differing[] = [
    ...[...new Set(found)].filter((code) => !recorded.includes(code)).map((code) => ({ path: 'unmet', now: code })),
    ...recorded
      .filter((code) => !found.includes(code) && asked.some((one) => one.code === code) && !mayAskTheBody(code, action))
      .map((code) => ({ path: 'unmet', then: code })),
  ];
  const told = recorded
    .filter((code) => !found.includes(code))
    .map((code) => {
      const of = unmet.filter((one) => one.code === code);
      return verdict<Unmet>(code, of, 'recorded', () => ({ says: { unmet: of.map(({ message, path }) => ({ message, ...(path !== undefined && { path }) })) } }));
    }); // prettier-ignore
  // What was recorded against it stands instead of a rule that held for what is known of it.
  const kept = asked.filter((one) => one.unmet.length > 0 || !told.some(({ code }) => code === one.code));
  return { verdicts: inPlace([...kept, ...told]), outcome: 'refused', differences };
}

const isLifecycleAction = (action: string): action is AnyAction => everyAction.some((one) => one === action);

function verdictsWithoutBody(action: string, state: RegisteredProcedure, context: DecisionContext): readonly Verdict[] {
  if (action === 'measure') return [mayMeasure(state, context), hasRoom(state, action)];
  if (action === 'migrate') return [mayAct(action, state, context)];
  return isLifecycleAction(action) && action !== 'register' ? verdictsOn(action, state, context) : [];
}

/** Whether the rule is also asked of what the body says: which record is corrected, which option is named. */
function mayAskTheBody(code: string, action: string): boolean {
  return (
    action === 'correct' || (code === 'wrong-stage' && (action === 'return' || action.endsWith('-option') || action === 'check-quality'))
  );
}

/** In the order in which a refusal names them; what has no place there comes last. */
function inPlace(verdicts: readonly Verdict<Unmet>[]): readonly Verdict<Unmet>[] {
  const known: readonly string[] = conditions;
  const placeOf = ({ code }: Verdict<Unmet>): number => (known.includes(code) ? known.indexOf(code) : known.length);
  return [...verdicts].sort((one, other) => placeOf(one) - placeOf(other));
}

/** Every path at which both differ. */
function differing(then: unknown, now: unknown, path: string): readonly Differing[] {
  if (isObject(then) && isObject(now) && Array.isArray(then) === Array.isArray(now)) {
    const names = [...new Set([...Object.keys(then), ...Object.keys(now)])];
    return names.flatMap((name) => differing(then[name], now[name], `${path}.${name}`));
  }
  return then === now ? [] : [{ path, ...(then !== undefined && { then }), ...(now !== undefined && { now }) }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
