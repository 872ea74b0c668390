import { acceptedAs, handle, readOrNothing, recordingRefusals, seenAt, StateCache } from '#event-store';
import type { Accepted, EventStore, RecordedEvent } from '#event-store';
import { allowedClaims, claim, claimPrefix, holderOf } from './claim.js';
import type { AllowedClaim, Claim, ClaimCommand, ClaimEvent } from './claim.js';
import type { RegisteredProcedure } from '#procedures';
import type { Classified, Sent, Who } from '#workflow';
import { commandIdOf, metadataOf } from '#workflow';
import type { ProcedureDesk } from '#procedures/commands';

/** What is asked for: whose work it shall be. */
export type ClaimRequest =
  | { readonly action: 'claim' }
  /** The assignee for themselves, first, and for each person whom they may act for. */
  | { readonly action: 'assign'; readonly assignees: readonly [Who, ...Who[]]; readonly reason: string }
  | { readonly action: 'release'; readonly reason?: string | undefined };

/** Who had the work on a procedure, oldest first, and who has it now. */
export interface Claims {
  readonly items: readonly (RecordedEvent & ClaimEvent)[];
  /** Person id; null when nobody has it. */
  readonly holder: string | null;
  /** What whoever asks may do about it. */
  readonly allowed: readonly AllowedClaim[];
}

/** Where it is decided whose work a procedure is. */
export class ClaimDesk {
  private readonly cache = new StateCache<Claim>({ mostBytes: 16_000_000 });

  constructor(
    private readonly store: EventStore,
    private readonly procedures: ProcedureDesk,
    /** Whether somebody, by person id, may see it. */
    private readonly sees: (person: string, classified: Classified) => boolean,
  ) {}

  /** @throws Rejected, KeyReused, RevisionConflict, Unavailable */
  async decide(procedure: string, state: RegisteredProcedure, request: ClaimRequest, sent: Sent): Promise<Accepted> {
    const { store, cache } = this;
    const actor = await this.procedures.contextOf(state, sent.by);
    const context = { procedure, state, actor, mayHold: (person: string) => this.sees(person, state) };
    const decider = seenAt(sent.ifMatch, state.records.length - 1, claim);
    const command = await this.commandOf(request, state, context);
    const metadata = metadataOf(sent, { commandId: commandIdOf(sent), definition: actor.definition });
    const refused = { store, today: actor.today, action: `${request.action}-work`, procedure, metadata };
    const handled = await recordingRefusals(refused, () =>
      handle({ store, decider, stream: `${claimPrefix}${procedure}`, command, metadata, cache }),
    );
    return acceptedAs(procedure, handled);
  }

  private async commandOf(request: ClaimRequest, state: RegisteredProcedure, context: ClaimCommand['context']): Promise<ClaimCommand> {
    if (request.action !== 'assign') return { ...request, context };
    const { action, reason, assignees } = request;
    const whole = await Promise.all(assignees.map((one) => this.procedures.contextOf(state, one)));
    return { action, reason, person: assignees[0].id, assignees: whole, context };
  }

  /** @param by Who asks. @throws Unavailable */
  async of(procedure: string, state: RegisteredProcedure, by: Who): Promise<Claims> {
    const items = (await readOrNothing(this.store, `${claimPrefix}${procedure}`)) as unknown as Claims['items'];
    const mayHold = (person: string): boolean => this.sees(person, state);
    const holder = holderOf(items.reduce(claim.evolve, claim.initial), state, mayHold);
    const actor = await this.procedures.contextOf(state, by);
    return { items, holder, allowed: allowedClaims(holder, { procedure, state, actor, mayHold }) };
  }
}
