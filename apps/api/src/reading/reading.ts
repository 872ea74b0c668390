import { allowed, describedInFull, effectiveValues, inBothForms } from '#procedures';
import type { ProcedureAt, RegisteredProcedure } from '#procedures';
import type { ProcedureDesk } from '#procedures/commands';
import type { OnTime } from '#reporting';
import { Problem } from '../http/problem.js';
import type { Asker } from '../http/sent.js';
import type { AsOfAnswer, ProcedureAnswer } from './answers.dto.js';
import { otherActions } from './other-actions.js';
import type { Pasts } from './pasts.js';
import { isAhead, withPlus } from './reading.dto.js';
import type { Views } from './views.js';

/** Of a procedure's answer, what is not about whoever asks. */
type ProcedureContent = Omit<ProcedureAnswer, 'allowed' | 'otherActions' | 'asOf'>;

const invalidAsOf = (message: string): Problem => new Problem('invalid-query', { errors: [{ path: 'asOf', message }] });

/** Shows one procedure, as it stands or as it stood, with what somebody may do there. */
export class Reading {
  constructor(
    private readonly desk: ProcedureDesk,
    private readonly pasts: Pasts,
    private readonly views: Views,
    private readonly onTime: OnTime,
  ) {}

  /** The procedure as it stands, or as it stood at a revision or time, with what the person may do there. @throws TooBusy */
  async procedure(id: string, asOf: string | undefined, by: Asker): Promise<ProcedureAnswer> {
    if (asOf === undefined) {
      const now = new Date();
      const found = await this.desk.findNewest(id);
      if (!found) throw new Problem('not-found');
      const { state, revision, position } = found;
      return this.shown(id, state, revision, { position: this.seenUpTo(position), at: now.toISOString(), lagMs: 0 }, by);
    }
    const isRevision = /^\d+$/.test(asOf);
    if (!isRevision && isAhead(asOf)) throw invalidAsOf('is in the future, and what will be there then is not known yet');
    const found = await this.pasts.at(id, isRevision ? Number(asOf) : withPlus(asOf), by);
    if (!found && isRevision) {
      const newest = await this.desk.findNewest(id);
      throw invalidAsOf(`does not exist yet: the newest revision is ${String(newest?.revision ?? 'none')}`);
    }
    if (!found) throw new Problem('not-found', { detail: 'The procedure was not registered at that time.' });
    const { state, revision, position, recordedAt } = found;
    return this.shown(id, state, revision, { position: String(position), at: recordedAt, lagMs: 0 }, by);
  }

  /** What it says, whoever asks. @param at The day on which it is judged whether something was in time */
  async contentOf(id: string, { state, revision }: Pick<ProcedureAt, 'state' | 'revision'>, at: Date): Promise<ProcedureContent> {
    const { stage, suspended, definition, parts } = state;
    const { decision = null, document = null, abolition = null, review = null, offices, options } = effectiveValues(state);
    return {
      ...{ id, ...describedInFull(state), stage, suspended, revision, definition, parts: inBothForms(parts) },
      ...{ review, document, decision, abolition, offices: [...offices] },
      options: [...options],
      measured: state.measured ?? null,
      onTime: (await this.onTime.of(state, at)).map((fact) => ({ ...fact })),
    };
  }

  private async shown(id: string, state: RegisteredProcedure, revision: number, asOf: AsOfAnswer, by: Asker): Promise<ProcedureAnswer> {
    const context = await this.desk.contextOf(state, by);
    const may = allowed(state, context);
    return {
      ...(await this.contentOf(id, { state, revision }, new Date(asOf.at))),
      allowed: may.map(({ unmet, missing, by: roles, inputs, ...one }) => ({
        ...one,
        ...{ unmet: [...unmet], missing: [...missing], by: [...roles], inputs: [...inputs] },
      })),
      otherActions: otherActions(state, context, by),
      asOf,
    };
  }

  /** The log was read to its end, so the answer is at least as fresh as the view. */
  private seenUpTo(position: bigint): string {
    const viewed = BigInt(this.views.asOf('register').position);
    return String(viewed > position ? viewed : position);
  }
}
