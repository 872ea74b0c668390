import { handle, readOrNothing, recordingRefusals } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import { claim, claimPrefix, holderOf } from '../claim.js';
import type { ClaimCommand, ClaimEvent } from '../claim.js';
import { authorisingRole, workFor } from '../rules.js';
import type { RegisteredProcedure } from '../state.js';
import type { Classified } from '#workflow';
import type { Inquired } from './inquiry-desk.js';
import { commandIdOf, metadataOf } from './procedure-desk.js';
import type { ProcedureDesk, Sent, Who } from './procedure-desk.js';
import { seenAt } from './seen-at.js';

/** What is asked for: whose work it shall be. */
export type ClaimRequest =
  | { readonly action: 'claim' }
  | { readonly action: 'assign'; readonly assignee: Who; readonly reason: string }
  | { readonly action: 'release'; readonly reason?: string | undefined };

/** Who had the work on a procedure, oldest first, and who has it now. */
export interface Claims {
  readonly items: readonly (RecordedEvent & ClaimEvent)[];
  /** Person id; null when nobody has it. */
  readonly holder: string | null;
}

/** Where it is decided whose work a procedure is. */
export class ClaimDesk {
  constructor(
    private readonly store: EventStore,
    private readonly procedures: ProcedureDesk,
    /** Whether somebody, by person id, may see it. */
    private readonly sees: (person: string, classified: Classified) => boolean,
  ) {}

  /** @throws Rejected, KeyReused, RevisionConflict, Unavailable */
  async decide(procedure: string, state: RegisteredProcedure, request: ClaimRequest, sent: Sent): Promise<Inquired> {
    const { store } = this;
    const actor = await this.procedures.contextOf(state, sent.by);
    const context = { procedure, state, actor, mayHold: (person: string) => this.sees(person, state) };
    const command: ClaimCommand =
      request.action === 'assign'
        ? { ...request, assignee: await this.procedures.contextOf(state, request.assignee), context }
        : { ...request, context };
    const [action] = workFor(state, actor);
    const role = action === undefined ? null : authorisingRole(action, state, actor);
    const decider = seenAt(sent.ifMatch, state.records.length - 1, claim);
    const metadata = metadataOf(sent, { commandId: commandIdOf(sent), role, definition: actor.definition });
    const refused = { store, today: actor.today, action: `${request.action}-work`, procedure, metadata };
    const { revision, position, events } = await recordingRefusals(refused, () =>
      handle({ store, decider, stream: `${claimPrefix}${procedure}`, command, metadata }),
    );
    return { id: procedure, revision, position, events: events.map(({ type }) => type) };
  }

  /** @throws Unavailable */
  async of(procedure: string, state: RegisteredProcedure): Promise<Claims> {
    const items = (await readOrNothing(this.store, `${claimPrefix}${procedure}`)) as unknown as Claims['items'];
    return { items, holder: holderOf(items.reduce(claim.evolve, claim.initial), state, (person) => this.sees(person, state)) };
  }
}
