import { Rejected } from '#event-store';
import type { Decider, Unmet } from '#event-store';
import { nearestRole, roles as everyRole, rolesFor } from '#workflow';
import type { HeldRole, Role } from '#workflow';
import type { DecisionContext, RegisteredProcedure } from '#procedures';
import { mostStored, authorisingRole, workFor } from '#procedures';

/** Claims have a stream of their own, `claim-<procedure id>`, because revision n of a procedure is its n-th action. */
export const claimPrefix = 'claim-';

interface Held {
  /** Procedure id. */
  readonly procedure: string;
  /** Person id: whose work it is now, or no longer. */
  readonly person: string;
  readonly stage: string;
  /** Of the procedure, as whoever acted knew it. */
  readonly revision: number;
}

/** Who took the work on a procedure upon themselves, or was given it. It ends when the procedure comes to another stage. */
export type ClaimEvent =
  | { readonly type: 'WorkClaimed'; readonly data: Held }
  | { readonly type: 'WorkAssigned'; readonly data: Held & { readonly by: string; readonly reason: string } }
  | { readonly type: 'WorkReleased'; readonly data: Held & { readonly reason?: string } };

interface ClaimContext {
  readonly procedure: string;
  readonly state: RegisteredProcedure;
  readonly actor: DecisionContext;
  readonly mayHold: MayHold;
}

/** Whether somebody, by person id, may still see the procedure; whoever may not has no work on it either. */
export type MayHold = (person: string) => boolean;

export const claimActions = ['claim', 'release', 'assign'] as const;

/** How work becomes somebody's, or nobody's. */
export interface AllowedClaim {
  readonly action: (typeof claimActions)[number];
  /** Whether it must be told why. */
  readonly needsReason: boolean;
}

export type ClaimCommand = { readonly context: ClaimContext } & (
  | { readonly action: 'claim' }
  | {
      readonly action: 'assign';
      /** Person id: whose work it shall be. */
      readonly person: string;
      /** For themselves and for each person whom they may act for. */
      readonly assignees: readonly DecisionContext[];
      readonly reason: string;
    }
  | { readonly action: 'release'; readonly reason?: string | undefined }
);

/** Null before anybody claimed it. */
export type Claim = {
  /** Person id; null when nobody has it. */
  readonly person: string | null;
  /** Of the procedure, when the claim was made. */
  readonly revision: number;
  /** How many events there are. */
  readonly stored: number;
} | null;

/** Whose work a procedure is while it stays in its stage. A claim keeps nobody from acting; it says who does. */
export const claim: Decider<ClaimCommand, Claim, ClaimEvent> = {
  initial: null,
  decide: (command, state) => {
    const { context } = command;
    const holder = holderOf(state, context.state, context.mayHold);
    const [first, ...others] = unmetConditions(command, holder, state?.stored ?? 0);
    if (first) throw new Rejected([first, ...others]);
    const { procedure, actor } = context;
    const at = { procedure, stage: context.state.stage, revision: context.state.records.length - 1 };
    const me = actor.actor.id;
    switch (command.action) {
      case 'claim':
        return holder === me ? [] : [{ type: 'WorkClaimed', data: { ...at, person: me } }];
      case 'assign': {
        const { reason, person } = command;
        return [{ type: 'WorkAssigned', data: { ...at, person, by: me, reason } }];
      }
      case 'release': {
        const { reason } = command;
        return [{ type: 'WorkReleased', data: { ...at, person: holder ?? me, ...(reason !== undefined && { reason }) } }];
      }
    }
  },
  evolve: (state, { type, data }) => {
    const at = { revision: data.revision, stored: (state?.stored ?? 0) + 1 };
    switch (type) {
      case 'WorkClaimed':
      case 'WorkAssigned':
        return { ...at, person: data.person };
      case 'WorkReleased':
        return { ...at, person: null };
    }
  },
  authority: (command, state) => authorityOf(command, holderOf(state, command.context.state, command.context.mayHold)),
};

/** What somebody may do about whose work it is; whether it is open to whom they give it is told when they do. @param holder Person id; null when nobody has it */
export function allowedClaims(holder: string | null, context: ClaimContext): readonly AllowedClaim[] {
  const commands: Readonly<Record<AllowedClaim['action'], ClaimCommand>> = {
    claim: { action: 'claim', context },
    release: { action: 'release', context },
    assign: { action: 'assign', person: '', assignees: [], reason: '', context },
  };
  const work = roleForWork(context.state, context.actor);
  return claimActions.flatMap((action) => {
    const codes = unmetConditions(commands[action], holder, 0, work).map(({ code }) => code);
    const isDone = action === 'claim' && holder === context.actor.actor.id;
    if (isDone || codes.some((code) => !toldWhenDone.includes(code))) return [];
    return [{ action, needsReason: action === 'assign' || codes.includes('reason-missing') }];
  });
}

/** Codes of what stands only against a command that does not say whom and why. */
const toldWhenDone: readonly string[] = ['not-open-to-them', 'reason-missing'];

/** Who has the work now; null when nobody has, the procedure came to another stage since, or who had it may see it no longer. */
export function holderOf(claimed: Claim, state: RegisteredProcedure, mayHold: MayHold): string | null {
  if (!claimed || claimed.person === null || claimed.revision < stageRevisionOf(state)) return null;
  return mayHold(claimed.person) ? claimed.person : null;
}

/** The revision at which the procedure came to its stage. */
function stageRevisionOf({ records, stage }: RegisteredProcedure): number {
  return records.findLastIndex(({ event }) => event.data.stage !== stage) + 1;
}

/** @param work The role that lets them do it, where that was asked for already. */
function unmetConditions(command: ClaimCommand, holder: string | null, stored: number, work?: HeldRole | null): readonly Unmet[] {
  const { actor } = command.context;
  const unmet: Unmet[] = [];
  if (!authorityOf(command, holder, work))
    unmet.push({ code: 'not-authorised', message: 'Nothing that moves this procedure on is open to you now.' });
  switch (command.action) {
    case 'claim':
      if (holder !== null && !isTheirs(holder, actor)) unmet.push({ code: 'claimed', message: 'Somebody else has claimed it.' });
      break;
    case 'assign':
      if (!command.assignees.some((one) => roleForWork(command.context.state, one)))
        unmet.push({
          code: 'not-open-to-them',
          message: 'Nothing that moves this procedure on is open to that person now.',
          path: 'person',
        });
      break;
    case 'release':
      if (holder === null) unmet.push({ code: 'not-claimed', message: 'Nobody has claimed it.' });
      else if (!isTheirs(holder, actor) && command.reason === undefined)
        unmet.push({ code: 'reason-missing', message: 'Taking work from somebody needs a reason.', path: 'reason' });
  }
  // Who has it gives it back all the same.
  if (stored >= mostStored.claims && command.action !== 'release')
    unmet.push({ code: 'procedure-full', message: `It was claimed, given or released ${String(stored)} times, and is no more.` });
  return unmet;
}

/**
 * By which role somebody says whose work it is: one that lets them do it, or, where they give or take it, one at the head of the unit that
 * owns it or of one above. Who has the work gives it back by whatever role lets them see it.
 */
function authorityOf(
  { action, context }: ClaimCommand,
  holder: string | null,
  work = roleForWork(context.state, context.actor),
): HeldRole | null {
  const { state, actor } = context;
  if (work !== null || action === 'claim') return work;
  const nearest = (held: readonly HeldRole[], among: readonly Role[]): HeldRole | null =>
    nearestRole(held, among, state.owningUnit, actor.units);
  const head = nearest(rolesFor('assign-work', actor.actor), ['authority']);
  if (head !== null || action === 'assign' || !isTheirs(holder, actor)) return head;
  const held = (actor.actor.actingFor ?? actor.actor).roles;
  return nearest(held, everyRole) ?? held.find((one) => one.role === 'auditor') ?? null;
}

/** Who stands in for somebody has that person's work to do. */
function isTheirs(holder: string | null, { actor }: DecisionContext): boolean {
  return holder !== null && (holder === actor.id || holder === actor.actingFor?.id);
}

/** The role that lets somebody move the procedure on now; null when none does. */
function roleForWork(state: RegisteredProcedure, person: DecisionContext): HeldRole | null {
  const [action] = workFor(state, person);
  return action === undefined ? null : authorisingRole(action, state, person);
}
