import type { Unmet } from '#event-store';
import { inOrder } from './conditions.js';
import type { Condition } from './conditions.js';

/**
 * Terminology
 *
 * - verdict: what one rule said of one command
 * - fact: what a rule looked at, such as the latest review
 */

/** Every kind of fact that a verdict rests on. */
export const facts = [
  'authority',
  'code',
  'units',
  'stage',
  'review',
  'people',
  'parts',
  'wage',
  'option',
  'stored',
  'offices',
  'dates',
  'plan',
  'recorded',
] as const;

/** What a verdict rests on. */
export interface Because {
  readonly fact: (typeof facts)[number];
  /** The fact as it stood then, as plain JSON. */
  readonly says: Readonly<Record<string, unknown>>;
  /** Revisions of the procedure that made it so, oldest first; the newest ones alone where there are many. */
  readonly revisions: readonly number[];
}

/** What a rule said of a command, for it or against it. */
export interface Verdict<Of extends Unmet = Condition> {
  /** By which a refusal names it. */
  readonly code: Of['code'];
  /** What stands against the command by this rule; empty where it holds. */
  readonly unmet: readonly Of[];
  /** Asked for by whoever wants to know why: a command that is merely decided pays nothing for it. */
  readonly because: () => Because;
}

/** Facts, looked up when somebody asks; revisions in any order. (Default: none of the procedure's own) */
export type Rests = () => { readonly says: Because['says']; readonly revisions?: readonly number[] };

const mostRevisions = 20;

/** A verdict that rests on these facts, which nobody needs while it is decided. */
export function verdict<Of extends Unmet>(code: Of['code'], unmet: readonly Of[], fact: Because['fact'], rests: Rests): Verdict<Of> {
  const because = (): Because => {
    const { says, revisions = [] } = rests();
    const rising = [...new Set(revisions)].filter((one) => one >= 0).sort((one, other) => one - other);
    return { fact, says, revisions: rising.slice(-mostRevisions) };
  };
  return { code, unmet, because };
}

/** All that stands against the command, in the order in which a refusal names it. */
export const unmetOf = (verdicts: readonly Verdict<Unmet>[]): readonly Unmet[] => inOrder(verdicts.flatMap(({ unmet }) => unmet));
