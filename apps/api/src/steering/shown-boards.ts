import type { Directory } from '#identity';
import { SteeringBoards, isInOffice } from '#programmes';
import type { BoardSummary, SeenBoard } from '#programmes';
import type { Sight } from '#workflow';
import { idIn } from '../administration/administered.js';
import { Problem } from '../http/problem.js';
import type { Asker } from '../http/sent.js';
import { earliest, shownRecommendations, standing } from '../recommendations/shown-recommendations.js';
import type { BoardAnswer, BoardSummaryAnswer } from './boards.dto.js';

/** Steering boards as somebody sees them, and nothing of them to others. */
export class ShownBoards {
  constructor(
    readonly boards: SteeringBoards,
    private readonly directory: Directory,
  ) {}

  sightOf(by: Asker): Sight {
    return this.directory.sightOf(by);
  }

  /** Whether there is such a person, whoever made them known. */
  async isKnown(person: string): Promise<boolean> {
    return (await this.directory.find(person)) !== undefined;
  }

  /** @param named Id as it stands in the path @throws Problem where there is none, or it is not theirs to see */
  async seen(named: string, by: Asker): Promise<SeenBoard> {
    const seen = await this.boards.seen(idIn(named), this.sightOf(by), by);
    if (!seen) throw new Problem('not-found');
    return seen;
  }

  async answer(named: string, by: Asker): Promise<BoardAnswer> {
    const { part, board, recommendations, allowed, revision } = await this.seen(named, by);
    const { established, state, dissolved } = board;
    const days = await this.boards.workingDays();
    const today = this.boards.today();
    const shown = shownRecommendations(recommendations, today, days);
    const dueOn = earliest(shown.filter((one) => one.state !== 'accepted').map((one) => one.dueOn));
    const meetingOf = new Map(recommendations.map(({ id, meeting }) => [id, meeting]));
    return {
      ...{ id: idIn(named), ...established, establishedOn: established.document.date, state, part, dissolved },
      ...standing(dueOn, today, days),
      ...this.peopleIn(board, today),
      recommendations: shown.map((one) => ({ ...one, meeting: part === 'all' ? (meetingOf.get(one.id) ?? null) : null })),
      allowed: allowed.map(({ action, unmet }) => ({ action, unmet: [...unmet] })),
      revision,
    };
  }

  async summaries(items: readonly BoardSummary[]): Promise<BoardSummaryAnswer[]> {
    const days = await this.boards.workingDays();
    const today = this.boards.today();
    return items.map(({ dueOn, ...item }) => ({ ...item, ...standing(dueOn, today, days) }));
  }

  /** The log knows people by their ids alone. */
  private peopleIn({ members, meetings, conclusions }: SeenBoard['board'], today: string): Pick<BoardAnswer, 'members' | 'meetings'> {
    const named = (person: string): { readonly person: string; readonly name: string | null } => ({
      ...{ person, name: this.directory.person(person)?.name ?? null },
    });
    return {
      members: members.map((one) => ({
        ...{ id: one.id, ...named(one.person), role: one.role, from: one.from, to: one.to ?? null },
        inOffice: isInOffice(one, today),
      })),
      meetings: meetings
        .map(({ id, title, date, place, present }) => ({
          ...{ id, title, date, place: place ?? null, present: present.map(named) },
          conclusions: conclusions.filter(({ meeting }) => meeting === id).map((one) => ({ id: one.id, text: one.text })),
        }))
        .toSorted((one, other) => other.date.localeCompare(one.date)),
    };
  }
}
