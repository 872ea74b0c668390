import { acceptedAs, handle, recordingRefusals, seenAt, StateCache, StreamNotFound } from '#event-store';
import type { Accepted, EventStore } from '#event-store';
import { Files } from '#files';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';
import { hashesIn } from '../attached.js';
import { comments } from '../comments.js';
import type { CommentBody, CommentCommand, Comments } from '../comments.js';
import { commentStream } from '../stream.js';
import { commandIdOf, metadataOf } from '#workflow';
import type { ProcedureDesk } from './procedure-desk.js';
import type { Sent } from '#workflow';

/** Where it is decided what people add to a procedure besides acting on it. */
export class CommentDesk {
  /** People who comment at the same moment wait for each other, instead of deciding again. */
  private readonly cache = new StateCache<Comments>();

  constructor(
    private readonly store: EventStore,
    private readonly procedures: ProcedureDesk,
    private readonly files: Files,
    private readonly clock: Clock,
  ) {}

  /** @throws Rejected, InvalidBody, KeyReused, RevisionConflict, StreamNotFound, TooLarge, Unavailable */
  async comment(procedure: string, body: CommentBody, sent: Sent): Promise<Accepted> {
    const handled = await this.decide(procedure, { action: 'comment', body }, sent);
    // A comment is known by its event.
    return acceptedAs(handled.events[0]?.id ?? '', handled);
  }

  /** Whether the sender may bring a file; nothing is stored. @throws Rejected, InvalidBody, RevisionConflict, StreamNotFound, Unavailable */
  async mayAttach(procedure: string, sent: Sent): Promise<{ readonly owningUnit: string }> {
    await this.decide(procedure, { action: 'attach' }, sent);
    const found = await this.procedures.findNewest(procedure);
    if (!found) throw new StreamNotFound(commentStream(procedure));
    return { owningUnit: found.state.owningUnit };
  }

  private async decide(
    id: string,
    said: { readonly action: 'comment'; readonly body: CommentBody } | { readonly action: 'attach' },
    sent: Sent,
  ): ReturnType<typeof handle<CommentCommand, Comments, never>> {
    const { store, cache } = this;
    const body: Partial<CommentBody> = said.action === 'comment' ? said.body : {};
    const found = await this.procedures.findNewest(id);
    if (!found) throw new StreamNotFound(commentStream(id));
    const { classification, owningUnit } = found.state;
    // Everybody speaks for themselves.
    const by = { ...sent.by, actingFor: undefined };
    const { units } = await this.procedures.contextOf(found.state, by);
    const files = await this.files.named(id, hashesIn(body));
    const about = { id, revision: found.revision, classification, owningUnit };
    const command: CommentCommand = { ...said, context: { roles: by.roles, units, files, procedure: about } };
    const metadata = metadataOf({ ...sent, by }, { commandId: commandIdOf(sent) });
    return recordingRefusals({ store, today: dateInVietnam(this.clock.now()), action: said.action, procedure: id, metadata }, () =>
      handle({ store, decider: seenAt(sent.ifMatch, found.revision, comments), stream: commentStream(id), command, metadata, cache }),
    );
  }
}
