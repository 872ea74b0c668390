import { Directory } from '#identity';
import { authorisingRole } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import { allowedOnTask, InquiryDesk, listTasks, whoseTask } from '#worklist';
import type { Task, TaskFilters } from '#worklist';
import { askersFor } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { loadedOnce } from '../reading/loaded-once.js';
import { Settings } from '../settings.js';
import type { TasksAnswer } from './tasks.dto.js';

type Loaded<Desk extends (id: string) => Promise<unknown>> = (id: string) => ReturnType<Desk>;

/** Tasks as somebody sees them: in whose name each is theirs, and what they may do about it now. */
export class ShownTasks {
  constructor(
    private readonly inquiries: InquiryDesk,
    private readonly procedures: ProcedureDesk,
    private readonly directory: Directory,
    private readonly settings: Settings,
  ) {}

  /** @throws InvalidCursor, Unavailable */
  async page(filters: Omit<TaskFilters, 'today'>, by: Asker): Promise<TasksAnswer> {
    const { items, nextCursor } = await listTasks(this.settings.database, { ...filters, today: this.directory.date() });
    const [askers, tree] = [askersFor(by, this.directory), this.directory.units()];
    // The units of one question, and the questions about one procedure, are decided on the same state.
    const load = {
      inquiry: loadedOnce((id: string) => this.inquiries.findWhole(id)),
      procedure: loadedOnce((id: string) => this.procedures.findNewest(id)),
    };
    const shown = items.map(async (item) => {
      const whose = whoseTask(item, askers, tree);
      const allowed = isWaiting(item) ? await this.allowed(item, whose ?? by, load) : [];
      return { ...item, actingFor: whose?.actingFor?.id ?? null, allowed };
    });
    return { items: await Promise.all(shown), nextCursor };
  }

  private async allowed(
    { id, kind, unit, procedure }: Task,
    by: Asker,
    load: { readonly inquiry: Loaded<InquiryDesk['findWhole']>; readonly procedure: Loaded<ProcedureDesk['findNewest']> },
  ): Promise<TasksAnswer['items'][number]['allowed']> {
    const [inquiry, found] = await Promise.all([load.inquiry(id), load.procedure(procedure)]);
    if (!inquiry || !found) return [];
    const { state } = found;
    const assigner = kind === 'review' ? authorisingRole('assign-review', state, await this.procedures.contextOf(state, by)) : null;
    const about = { kind, unit, subject: inquiry.subject, ended: state.phase === 'ended', today: this.inquiries.today(), assigner };
    const allowed = allowedOnTask(about, inquiry.state, by, this.directory.units());
    return allowed.map(({ action, unmet }) => ({ action, unmet: [...unmet] }));
  }
}

const isWaiting = ({ state }: Task): boolean => state === 'open' || state === 'overdue';
