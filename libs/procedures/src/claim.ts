import { Rejected } from '#event-store';
import type { Decider, Unmet } from '#event-store';
import type { DecisionContext } from './commands.js';
import { workFor } from './rules.js';
import type { RegisteredProcedure } from './state.js';

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

export type ClaimCommand = { readonly context: ClaimContext } & (
  | { readonly action: 'claim' }
  | { readonly action: 'assign'; readonly assignee: DecisionContext; readonly reason: string }
  | { readonly action: 'release'; readonly reason?: string | undefined }
);

/** Person id, and the revision of the procedure that the claim was made on; null when nobody has it. */
export type Claim = { readonly person: string; readonly revision: number } | null;

/** Whose work a procedure is while it stays in its stage. A claim keeps nobody from acting; it says who does. */
export const claim: Decider<ClaimCommand, Claim, ClaimEvent> = {
  initial: null,
  decide: (command, state) => {
    const { context } = command;
    const holder = holderOf(state, context.state, context.mayHold);
    const [first, ...others] = unmetConditions(command, holder);
    if (first) throw new Rejected([first, ...others]);
    const { procedure, actor } = context;
    const at = { procedure, stage: context.state.stage, revision: context.state.records.length - 1 };
    const me = actor.actor.id;
    switch (command.action) {
      case 'claim':
        return holder === me ? [] : [{ type: 'WorkClaimed', data: { ...at, person: me } }];
      case 'assign': {
        const { reason, assignee } = command;
        return [{ type: 'WorkAssigned', data: { ...at, person: assignee.actor.id, by: me, reason } }];
      }
      case 'release': {
        const { reason } = command;
        return [{ type: 'WorkReleased', data: { ...at, person: holder ?? me, ...(reason !== undefined && { reason }) } }];
      }
    }
  },
  evolve: (_state, { type, data }) => {
    switch (type) {
      case 'WorkClaimed':
      case 'WorkAssigned':
        return { person: data.person, revision: data.revision };
      case 'WorkReleased':
        return null;
    }
  },
};

/** Who has the work now; null when nobody has, the procedure came to another stage since, or who had it may see it no longer. */
export function holderOf(claimed: Claim, state: RegisteredProcedure, mayHold: MayHold): string | null {
  return claimed && claimed.revision >= stageRevisionOf(state) && mayHold(claimed.person) ? claimed.person : null;
}

/** The revision at which the procedure came to its stage. */
function stageRevisionOf({ records, stage }: RegisteredProcedure): number {
  return records.findLastIndex(({ event }) => event.data.stage !== stage) + 1;
}

function unmetConditions(command: ClaimCommand, holder: string | null): readonly Unmet[] {
  const { state, actor } = command.context;
  // Who stands in for somebody has that person's work to do.
  const isTheirs = holder === actor.actor.id || (holder !== null && holder === actor.actor.actingFor?.id);
  const assigns = isOpenTo(state, actor) || isHeadAbove(state, actor);
  const notMine = { code: 'not-authorised', message: 'Nothing that moves this procedure on is open to you now.' };
  switch (command.action) {
    case 'claim':
      return [
        ...(isOpenTo(state, actor) ? [] : [notMine]),
        ...(holder === null || isTheirs ? [] : [{ code: 'claimed', message: 'Somebody else has claimed it.' }]),
      ];
    case 'assign':
      return [
        ...(assigns ? [] : [notMine]),
        ...(isOpenTo(state, command.assignee)
          ? []
          : [{ code: 'not-open-to-them', message: 'Nothing that moves this procedure on is open to that person now.', path: 'person' }]),
      ];
    case 'release':
      return [
        ...(isTheirs || assigns ? [] : [notMine]),
        ...(holder === null ? [{ code: 'not-claimed', message: 'Nobody has claimed it.' }] : []),
        ...(holder === null || isTheirs || command.reason !== undefined
          ? []
          : [{ code: 'reason-missing', message: 'Taking work from somebody needs a reason.', path: 'reason' }]),
      ];
  }
}

const isOpenTo = (state: RegisteredProcedure, person: DecisionContext): boolean => workFor(state, person).length > 0;

/** Authorities of the owning unit, and of those above it, may say who does the work there. */
function isHeadAbove(state: RegisteredProcedure, { actor, units }: DecisionContext): boolean {
  const path = units.pathUp(state.owningUnit).map(({ id }) => id);
  return actor.roles.some(({ role, unit }) => role === 'authority' && path.includes(unit));
}
