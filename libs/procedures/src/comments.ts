import type { AttachedFile } from '#files';
import { InvalidBody, Rejected } from '#event-store';
import type { Decider } from '#event-store';
import { nearestRole, roles as everyRole } from '#workflow';
import type { Classification, HeldRole, UnitTree } from '#workflow';
import { attached } from './attached.js';
import { mostStored } from './limits.js';
import { refuseContent } from './reference-only.js';

/** What the log holds in `comments-<procedure id>`: what people say about a procedure besides acting on it. */
export interface CommentEvent {
  readonly type: 'CommentAdded';
  readonly data: {
    readonly procedure: string;
    readonly text: string;
    /** Of the procedure, where the comment is about one. */
    readonly revision?: number;
    readonly attachments?: readonly AttachedFile[];
  };
}

export interface CommentBody {
  readonly text: string;
  readonly revision?: number | undefined;
  /** Hashes of files of the procedure. */
  readonly attachments?: readonly string[] | undefined;
}

interface CommentContext {
  /** Of whoever sends it; what one person may say for another is not delegated. */
  readonly roles: readonly HeldRole[];
  readonly procedure: {
    readonly id: string;
    /** The newest. */
    readonly revision: number;
    readonly classification?: Classification | undefined;
    /** Unit id. */
    readonly owningUnit: string;
  };
  readonly units: UnitTree;
  /** Of the procedure, as far as they are named. */
  readonly files: readonly AttachedFile[];
}

export type CommentCommand = (
  | { readonly action: 'comment'; readonly body: CommentBody }
  /** Whether a file may be brought, which is no event: the log names a file when something is said or done with it. */
  | { readonly action: 'attach' }
) & { readonly context: CommentContext };

/** How many comments there are. */
export type Comments = number;

/** What is added to a procedure by whoever sees it and does more than audit. */
export const comments: Decider<CommentCommand, Comments, CommentEvent> = {
  initial: 0,
  decide: (command, count) => {
    const { procedure } = command.context;
    refuseContent(procedure.classification, command.action === 'comment' ? 'text' : '');
    const events = command.action === 'comment' ? [commented(command.body, command.context)] : [];
    if (!speaker(command.context))
      throw new Rejected([{ code: 'not-authorised', message: `Your roles do not let you ${command.action} here.` }]);
    if (events.length > 0 && count >= mostStored.comments)
      throw new Rejected([
        { code: 'procedure-full', message: `There are ${String(count)} comments on this procedure, and no more are taken.` },
      ]);
    return events;
  },
  evolve: (count) => count + 1,
  authority: ({ context }) => speaker(context),
};

/** Whether somebody who sees a procedure of that unit (id) may say something about it, and bring files. */
export const maySpeakOn = (owningUnit: string, roles: readonly HeldRole[], units: UnitTree): boolean =>
  speaker({ roles, procedure: { owningUnit }, units }) !== null;

/** By which role: one that does more than audit, the nearest to the owner where there are several. */
function speaker({
  roles,
  procedure,
  units,
}: Pick<CommentContext, 'roles' | 'units'> & { readonly procedure: { readonly owningUnit: string } }): HeldRole | null {
  const speaking = roles.filter(({ role }) => role !== 'auditor');
  return nearestRole(speaking, everyRole, procedure.owningUnit, units) ?? speaking[0] ?? null;
}

function commented({ text, revision, attachments }: CommentBody, { procedure, files }: CommentContext): CommentEvent {
  if (revision !== undefined && revision > procedure.revision)
    throw new InvalidBody([{ path: 'revision', message: `this procedure has no revision ${String(revision)}` }]);
  const { attachments: named } = attached({ attachments }, files, procedure.classification);
  return {
    type: 'CommentAdded',
    data: { procedure: procedure.id, text, ...(revision !== undefined && { revision }), ...(named && { attachments: named }) },
  };
}
