import type { Directory } from '#identity';
import type { Database } from '#platform';
import { titledIn } from '#procedures';
import { Inspections } from '#programmes';
import type { InspectionSummary, SeenInspection } from '#programmes';
import { isCleared, sees } from '#workflow';
import type { Sight } from '#workflow';
import { idIn } from '../administration/administered.js';
import { Problem } from '../http/problem.js';
import type { Asker } from '../http/sent.js';
import { earliest, shownRecommendations, standing } from '../recommendations/shown-recommendations.js';
import type { InspectionAnswer, InspectionSummaryAnswer } from './inspections.dto.js';

/** Inspections as somebody sees them, and nothing of them to others. */
export class ShownInspections {
  constructor(
    readonly inspections: Inspections,
    private readonly directory: Directory,
    private readonly database: Database,
  ) {}

  sightOf(by: Asker): Sight {
    return this.directory.sightOf(by);
  }

  /** @param named Id as it stands in the path @throws Problem where there is none, or it is not theirs to see */
  async seen(named: string, by: Asker): Promise<SeenInspection> {
    const seen = await this.inspections.seen(idIn(named), this.sightOf(by), by);
    if (!seen) throw new Problem('not-found');
    return seen;
  }

  async answer(named: string, by: Asker): Promise<InspectionAnswer> {
    const seen = await this.seen(named, by);
    const { part, inspection, allowed, revision } = seen;
    const { announced, state, openedOn, endedOn, due, conclusion, closedOn } = inspection;
    const days = await this.inspections.workingDays();
    const today = this.inspections.today();
    const recommendations = shownRecommendations(seen.recommendations, today, days);
    const awaited = recommendations.filter((one) => one.state !== 'accepted').map(({ dueOn }) => dueOn);
    const dueOn = state === 'ended' ? (due?.dueOn ?? null) : state === 'concluded' ? earliest(awaited) : null;
    return {
      ...{ id: idIn(named), ...announced, state, part, openedOn, endedOn },
      ...{ conclusionDueOn: due?.dueOn ?? null, calendarVersion: due?.calendarVersion ?? null },
      conclusion: conclusion && { number: conclusion.number, date: conclusion.date },
      ...{ closedOn, ...standing(dueOn, today, days) },
      ...(await this.foundIn(seen, this.sightOf(by))),
      recommendations,
      allowed: allowed.map(({ action, unmet }) => ({ action, unmet: [...unmet] })),
      revision,
    };
  }

  async summaries(items: readonly InspectionSummary[]): Promise<InspectionSummaryAnswer[]> {
    const days = await this.inspections.workingDays();
    const today = this.inspections.today();
    return items.map(({ dueOn, ...item }) => ({ ...item, ...standing(dueOn, today, days) }));
  }

  /** What is found of a procedure for which the reader is not cleared is not there for them; of others they see only those in their sight. */
  private async foundIn({ findings }: SeenInspection, sight: Sight): Promise<Pick<InspectionAnswer, 'findings' | 'procedures'>> {
    const named = [...new Set(findings.flatMap(({ procedures = [] }) => procedures))];
    const known = named.length === 0 ? new Map<string, never>() : await titledIn(this.database, named);
    const isKept = (id: string): boolean => !isCleared(sight.clearance, known.get(id)?.classification ?? 'none');
    const isSeen = (id: string): boolean => {
      const procedure = known.get(id);
      return procedure !== undefined && sees(sight, procedure);
    };
    const shown = findings
      .filter(({ procedures = [] }) => !procedures.some(isKept))
      .map(({ procedures = [], ...finding }) => ({ ...finding, procedures: procedures.filter(isSeen) }));
    const ids = [...new Set(shown.flatMap(({ procedures }) => procedures))];
    return { findings: shown, procedures: ids.map((id) => ({ id, title: known.get(id)?.title ?? '' })) };
  }
}
