import type { FieldError, Unmet } from '#event-store';
import type { HeldRole, UnitTree } from '#workflow';

/** What a unit is asked to do by a day. */
export interface Recommendation {
  readonly id: string;
  readonly text: string;
  /** Unit id: who is to do it. */
  readonly owner: string;
  /** YYYY-MM-DD, the last day. */
  readonly dueOn: string;
  /** Id of the meeting of a steering board that concluded it. (Default: an inspection asks for it) */
  readonly meeting?: string;
}

export const remedyStates = ['open', 'reported', 'returned', 'accepted'] as const;
export type RemedyState = (typeof remedyStates)[number];

/** What an owner says was done, and what became of that. */
interface Remedy {
  readonly text: string;
  readonly evidence?: string;
  readonly reportedOn: string;
  /** Person ids: who reported it, and for whom. */
  readonly by: readonly string[];
  /** (Default: it was not decided on) */
  readonly outcome?: 'accepted' | 'returned';
  readonly decidedOn?: string;
  /** Why it was returned. */
  readonly reason?: string;
}

export interface KnownRecommendation extends Recommendation {
  readonly state: RemedyState;
  /** Oldest first. */
  readonly remedies: readonly Remedy[];
}

/** What happens to recommendations, whoever gives them: an inspection or a steering board. `occurredOn` is the day of it. */
export type RemedyEvent =
  | { readonly type: 'RecommendationMade'; readonly data: { readonly recommendation: Recommendation; readonly occurredOn: string } }
  | {
      readonly type: 'RemedyReported';
      readonly data: {
        readonly recommendation: string;
        readonly text: string;
        readonly evidence?: string;
        /** Person ids: who reported it, with those who count as the same person, and for whom. */
        readonly by: readonly string[];
        readonly occurredOn: string;
      };
    }
  | { readonly type: 'RemedyAccepted'; readonly data: { readonly recommendation: string; readonly occurredOn: string } }
  | {
      readonly type: 'RemedyReturned';
      readonly data: { readonly recommendation: string; readonly reason: string; readonly occurredOn: string };
    }
  | {
      readonly type: 'RemedyReminded';
      readonly data: {
        readonly recommendation: string;
        readonly occasion: ReminderOccasion;
        readonly dueOn: string;
        readonly occurredOn: string;
      };
    };

/** Why somebody is reminded of what is asked. */
export type ReminderOccasion = 'due-soon' | 'overdue';

/** What is done about one recommendation. */
export type RemedyCommand = { readonly occurredOn: string } & (
  | { readonly action: 'report-remedy'; readonly recommendation: string; readonly text: string; readonly evidence?: string | undefined }
  | { readonly action: 'accept-remedy'; readonly recommendation: string }
  | { readonly action: 'return-remedy'; readonly recommendation: string; readonly reason: string }
);
export type RemedyAction = RemedyCommand['action'];

/** Who may do what about a recommendation in which state, and where that leads: `giver` is who gave it, `owner` an officer of the unit that is to act. */
export const remedyTable = {
  'report-remedy': { who: 'owner', from: ['open', 'returned'], to: 'reported' },
  'accept-remedy': { who: 'giver', from: ['reported'], to: 'accepted' },
  'return-remedy': { who: 'giver', from: ['reported'], to: 'returned' },
} as const satisfies Readonly<
  Record<RemedyAction, { readonly who: 'owner' | 'giver'; readonly from: readonly RemedyState[]; readonly to: RemedyState }>
>;
export const remedyActions: readonly RemedyAction[] = ['report-remedy', 'accept-remedy', 'return-remedy'];
export const isRemedyAction = (action: string): action is RemedyAction => action.endsWith('-remedy');
export const isRemedyCommand = (command: { readonly action: string }): command is RemedyCommand => isRemedyAction(command.action);

/** Nobody reads through more; those of an inspection and those of a board alike. */
export const mostRecommendations = 200;

/** Who acts, as far as the rules ask. */
export interface ActingContext {
  /** Those that count: the sender's own, or of whom they act for. */
  readonly roles: readonly HeldRole[];
  readonly units: UnitTree;
  /** Person ids: who acts, with those who count as the same person, and for whom. */
  readonly people: readonly string[];
  /** YYYY-MM-DD in Vietnam. */
  readonly today: string;
}

/** A role held at the unit itself, or at what answers for it since it was closed. */
export function roleAt(
  unit: string,
  among: readonly HeldRole['role'][],
  { roles, units }: Pick<ActingContext, 'roles' | 'units'>,
): HeldRole | null {
  const answering = units.successor(unit)?.id ?? unit;
  return roles.find((one) => among.includes(one.role) && one.unit === answering) ?? null;
}

/** The role by which somebody acts about a recommendation. @param giver Of whoever gave it, if it is theirs */
export function remedyRole(
  action: RemedyAction,
  one: Pick<Recommendation, 'owner'>,
  giver: HeldRole | null,
  context: Pick<ActingContext, 'roles' | 'units'>,
): HeldRole | null {
  return remedyTable[action].who === 'giver' ? giver : roleAt(one.owner, ['officer'], context);
}

/** The recommendations after the event. */
export function recommendationsAfter(before: readonly KnownRecommendation[], event: RemedyEvent): readonly KnownRecommendation[] {
  switch (event.type) {
    case 'RecommendationMade':
      return [...before, { ...event.data.recommendation, state: 'open', remedies: [] }];
    case 'RemedyReported': {
      const { recommendation, occurredOn: reportedOn, ...remedy } = event.data;
      return changed(before, recommendation, (one) => ({
        ...one,
        state: 'reported',
        remedies: [...one.remedies, { ...remedy, reportedOn }],
      }));
    }
    case 'RemedyReminded':
      return before;
    case 'RemedyAccepted':
    case 'RemedyReturned': {
      const { recommendation, occurredOn: decidedOn, ...said } = event.data;
      const outcome = event.type === 'RemedyAccepted' ? 'accepted' : 'returned';
      return changed(before, recommendation, (one) => ({
        ...one,
        state: outcome,
        remedies: one.remedies.map((remedy, at) =>
          at === one.remedies.length - 1 ? { ...remedy, outcome, decidedOn, ...('reason' in said && { reason: said.reason }) } : remedy,
        ),
      }));
    }
  }
}

function changed(
  before: readonly KnownRecommendation[],
  id: string,
  change: (one: KnownRecommendation) => KnownRecommendation,
): readonly KnownRecommendation[] {
  return before.map((one) => (one.id === id ? change(one) : one));
}

export function remedyEventOf(command: RemedyCommand, { people: by }: ActingContext): RemedyEvent {
  const { recommendation, occurredOn } = command;
  switch (command.action) {
    case 'report-remedy': {
      const { text, evidence } = command;
      return { type: 'RemedyReported', data: { recommendation, text, ...(evidence !== undefined && { evidence }), by, occurredOn } };
    }
    case 'accept-remedy':
      return { type: 'RemedyAccepted', data: { recommendation, occurredOn } };
    case 'return-remedy':
      return { type: 'RemedyReturned', data: { recommendation, reason: command.reason, occurredOn } };
  }
}

/** What stands against it in the state of the recommendation, besides who may do it. */
export function unmetByRemedy(action: RemedyAction, one: KnownRecommendation, people: readonly string[]): readonly Unmet[] {
  const from: readonly RemedyState[] = remedyTable[action].from;
  // Whoever reported any of its remedies has spoken for the owner.
  const isTheirs = action === 'accept-remedy' && one.remedies.some(({ by }) => by.some((person) => people.includes(person)));
  return [
    ...(from.includes(one.state) ? [] : [{ code: 'wrong-stage', message: `The recommendation is ${one.state}.` }]),
    ...(isTheirs ? [{ code: 'same-person', message: 'Whoever reported a remedy does not accept it.' }] : []),
  ];
}

/** Characters, about, beyond which nothing is taken but what brings it to its end: 200 remedies of several pages each. */
const mostStored = 4_000_000;

/** What stands against storing more. @param of What it would be stored of, for the sentence */
export const fullBy = (stored: number, of: string): readonly Unmet[] =>
  stored >= mostStored ? [{ code: 'record-full', message: `So much is stored of the ${of} that only what ends it is taken.` }] : [];

/** What would be added to, of an action about a recommendation. */
export const addsText = (action: RemedyAction): boolean => action !== 'accept-remedy';

/** What stands in the fields of what is done about one of them. */
export function wrongRemedy(
  { occurredOn, recommendation }: Pick<RemedyCommand, 'occurredOn' | 'recommendation'>,
  known: readonly KnownRecommendation[],
  today: string,
): readonly FieldError[] {
  return [...wrongDay(occurredOn, 'occurredOn', today), ...(known.some(({ id }) => id === recommendation) ? [] : [noSuchRecommendation])];
}

/** The role by which somebody does something about one of them. @param giver Of whoever gave them, if it is theirs */
export function authorityOfRemedy(
  { action, recommendation }: RemedyCommand,
  known: readonly KnownRecommendation[],
  giver: HeldRole | null,
  context: Pick<ActingContext, 'roles' | 'units'>,
): HeldRole | null {
  const one = known.find(({ id }) => id === recommendation);
  return one ? remedyRole(action, one, giver, context) : null;
}

/** Recommendations that keep whoever gave them from being ended. */
export function openRecommendations(known: readonly KnownRecommendation[]): readonly Unmet[] {
  const open = known.filter((one) => one.state !== 'accepted').length;
  return open === 0 ? [] : [{ code: 'recommendations-open', message: `Remedies of ${String(open)} recommendations are not accepted.` }];
}

/** What stands in a field that names a unit that may be asked something. @param above Unit id: who asks. @param asks Who that is, in both languages */
export function wrongUnitBelow(
  { unit, path, above, asks }: { readonly unit: string; readonly path: string; readonly above: string; readonly asks: InWords },
  units: UnitTree,
): readonly FieldError[] {
  if (!units.get(unit)) return [noSuchUnit(path)];
  if (units.pathUp(unit).some(({ id }) => id === units.present(above)?.id)) return [];
  return [{ path, message: `must be ${asks.en}, or one below it`, vi: `phải là ${asks.vi} hoặc đơn vị trực thuộc` }];
}

/** The same in both languages. */
export interface InWords {
  readonly en: string;
  readonly vi: string;
}

/** What stands in a field that names a day, by another day. @param first What it cannot have come before; nothing is wrong where it has not come yet */
export function before(day: string, first: string | null | undefined, path: string, what: InWords): readonly FieldError[] {
  if (first === null || first === undefined || day >= first) return [];
  const shown = first.split('-').reverse().join('/');
  return [{ path, message: `must not be before the ${what.en}, which was on ${first}`, vi: `không được trước ${what.vi} (${shown})` }];
}

export const noSuchRecommendation: FieldError = {
  path: 'recommendation',
  message: 'is not a recommendation that is given here',
  vi: 'không phải là yêu cầu ở đây',
};
export const noSuchUnit = (path: string): FieldError => ({
  path,
  message: 'is not a unit that exists',
  vi: 'không phải là đơn vị đang có',
});

/** What stands in a field that names a day on which something happened. */
export function wrongDay(day: string, path: string, today: string): readonly FieldError[] {
  return day > today ? [{ path, message: 'must not be later than today' }] : [];
}
