import type { Unmet } from '#event-store';
import { rolesFor } from '#workflow';
import type { HeldRole, Sender, UnitTree } from '#workflow';
import { remedyActions, remedyRole, unmetByRemedy } from './remedies.js';
import type { ActingContext, KnownRecommendation, RemedyAction } from './remedies.js';

/** An action that leaves the present state; nothing unmet means that it may be done now. */
export interface AllowedAction<Action extends string> {
  readonly action: Action;
  /** Codes, in the order in which a refusal names them. */
  readonly unmet: readonly string[];
}

/** A recommendation as somebody sees it. */
export interface SeenRecommendation extends KnownRecommendation {
  readonly allowed: readonly AllowedAction<RemedyAction>[];
}

/** Who asks, as far as allowing goes. */
export type AskingPerson = Pick<Sender, 'id' | 'roles' | 'countsAs' | 'actingFor'>;

type Acting = Pick<ActingContext, 'roles' | 'units' | 'people'>;

/** As whom somebody would do the action, which a delegation may change. */
export type ActingAs<Action extends string> = (action: Action) => Acting;

export function actingIn(action: Parameters<typeof rolesFor>[0], by: AskingPerson, units: UnitTree): Acting {
  const { id, countsAs = [], actingFor } = by;
  const people = [id, ...countsAs, ...(actingFor ? [actingFor.id, ...(actingFor.countsAs ?? [])] : [])];
  return { roles: rolesFor(action, by), units, people: [...new Set(people)] };
}

/** Whoever gave recommendations: an inspection or a steering board. */
export interface Giver {
  readonly recommendations: readonly KnownRecommendation[];
  /** The role by which somebody speaks for it. */
  readonly role: (acting: Acting) => HeldRole | null;
  /** What stands against it because so much is stored. */
  readonly full: (action: RemedyAction) => readonly Unmet[];
}

/** What may be done about one recommendation: nothing where its state does not let it. */
export function allowedAbout(one: KnownRecommendation, giver: Giver, as: ActingAs<RemedyAction>): readonly AllowedAction<RemedyAction>[] {
  return remedyActions
    .map((action) => ({ action, unmet: unmetAbout(action, one, giver, as) }))
    .filter(({ unmet }) => !unmet.includes('wrong-stage'));
}

/** What stands against the action for the recommendation that it is most open for. */
export function leastUnmet(action: RemedyAction, giver: Giver, as: ActingAs<RemedyAction>): readonly string[] {
  const each = giver.recommendations.map((one) => unmetAbout(action, one, giver, as));
  return (
    each.reduce<readonly string[] | null>((least, one) => (least && least.length <= one.length ? least : one), null) ?? ['wrong-stage']
  );
}

function unmetAbout(action: RemedyAction, one: KnownRecommendation, giver: Giver, as: ActingAs<RemedyAction>): readonly string[] {
  const acting = as(action);
  const role = remedyRole(action, one, giver.role(acting), acting);
  const stands = [...unmetByRemedy(action, one, acting.people), ...giver.full(action)];
  return [...(role ? [] : ['not-authorised']), ...stands.map(({ code }) => code)];
}
