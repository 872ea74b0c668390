import { InvalidBody, Rejected } from '#event-store';
import type { Decider, FieldError, Unmet } from '#event-store';
import { isCleared, nearestRole, rolesFor, sees, unitClosed } from '#workflow';
import type { ActingFor, Classified, HeldRole, Role, Sight, UnitTree } from '#workflow';
import { mostStored } from '#procedures';

/** Why units are reminded: it is due soon, it was due, or whoever asked wants it. */
export type ReminderOccasion = 'due-soon' | 'overdue' | 'asked';

/** What the log holds in `inquiry-<uuid>`: something that units are asked about a procedure, and what they say. */
export type InquiryEvent =
  | {
      readonly type: 'ConsultationOpened';
      readonly data: {
        readonly procedure: string;
        readonly by: string;
        readonly units: readonly string[];
        readonly question: string;
        readonly dueOn: string;
        /** Working days before it is due on which units are reminded. (Default: 2) */
        readonly remindBefore?: number;
      };
    }
  | {
      /** Vướng mắc: `unit` cannot apply the procedure as it stands, and `lead`, which owns it, must answer. */
      readonly type: 'ObstacleRaised';
      readonly data: { readonly procedure: string; readonly unit: string; readonly lead: string; readonly description: string };
    }
  | {
      readonly type: 'InquiryAnswered';
      readonly data: {
        readonly unit: string;
        /** Left out where the register holds no more than a reference of the procedure. */
        readonly answer?: string;
      };
    }
  | { readonly type: 'InquiryClosed'; readonly data: { readonly reason?: string } }
  | {
      readonly type: 'InquiryReminded';
      readonly data: {
        /** Those that have not answered. */
        readonly units: readonly string[];
        readonly occasion: ReminderOccasion;
        /** The date in Vietnam on which they were reminded. */
        readonly on: string;
        /** Left out for an obstacle. */
        readonly dueOn?: string;
      };
    };

interface InquiryContext {
  /** Those that count: the sender's own, or of whom they act for in this. */
  readonly roles: readonly HeldRole[];
  readonly units: UnitTree;
  /** The procedure that it is about has come to its end. (Default: it has not) */
  readonly ended?: boolean;
  /** How many there are of the kind that is begun: consultations about the procedure, or the unit's own obstacles with it. (Default: none) */
  readonly before?: number;
  /** How many units were asked in all consultations about the procedure. (Default: none) */
  readonly consulted?: number;
}

export type InquiryCommand = (
  | {
      readonly action: 'consult';
      readonly opened: Extract<InquiryEvent, { type: 'ConsultationOpened' }>['data'];
      readonly today: string;
    }
  | {
      readonly action: 'raise-obstacle';
      readonly raised: Extract<InquiryEvent, { type: 'ObstacleRaised' }>['data'];
      /** Whether the procedure is open to whoever raises it: in force, or theirs to see. */
      readonly seen: boolean;
    }
  | {
      readonly action: 'answer';
      readonly unit: string;
      readonly answer?: string | undefined;
      /** The units that were assigned a review, which a procedure's own stream says; left out for what stands here. */
      readonly assigned?: readonly string[] | undefined;
      /** Those of them that have not answered, also by proposing an option. */
      readonly waiting?: readonly string[] | undefined;
    }
  | { readonly action: 'close-consultation'; readonly reason?: string | undefined }
  | {
      readonly action: 'remind';
      readonly occasion: ReminderOccasion;
      readonly today: string;
      readonly dueOn?: string | undefined;
      /** The units that have not answered an assigned review, which a procedure's own stream says; left out for what stands here. */
      readonly waiting?: readonly string[] | undefined;
      /** By which role the sender may assign such a review, and so may remind of it; null for somebody who may not. */
      readonly assigner?: HeldRole | null | undefined;
    }
) & { readonly context: InquiryContext };

export type Inquiry =
  /** Nothing was asked here; of an assigned review only the answers stand here. */
  | ({ readonly phase: 'none'; readonly answered: readonly string[] } & Reminded)
  | ({
      readonly phase: 'open' | 'closed';
      readonly kind: 'consultation' | 'obstacle';
      readonly procedure: string;
      /** Unit ids. */
      readonly by: string;
      readonly asked: readonly string[];
      readonly answered: readonly string[];
      readonly dueOn?: string;
    } & Reminded);

interface Reminded {
  /** The date of the newest reminder. (Default: never) */
  readonly remindedOn?: string;
}

/** One question to units. Throws InvalidBody for what units and date alone can tell. It closes when all have answered, or when whoever asked closes it. */
export const inquiry: Decider<InquiryCommand, Inquiry, InquiryEvent> = {
  initial: { phase: 'none', answered: [] },
  decide: (command, state) => {
    const [wrong, ...more] = wrongFields(command);
    if (wrong) throw new InvalidBody([wrong, ...more]);
    const [first, ...others] = unmetBy(command, state);
    if (first) throw new Rejected([first, ...others]);
    return eventsOf(command, state);
  },
  evolve: (state, { type, data }) => {
    switch (type) {
      case 'ConsultationOpened':
        return {
          ...{ phase: 'open', kind: 'consultation', procedure: data.procedure, by: data.by, asked: data.units, answered: [] },
          dueOn: data.dueOn,
        };
      case 'ObstacleRaised':
        return { phase: 'open', kind: 'obstacle', procedure: data.procedure, by: data.unit, asked: [data.lead], answered: [] };
      case 'InquiryAnswered':
        return { ...state, answered: [...state.answered, data.unit] };
      case 'InquiryClosed':
        return state.phase === 'none' ? state : { ...state, phase: 'closed' };
      case 'InquiryReminded':
        return { ...state, remindedOn: data.on };
    }
  },
  authority: authorityOf,
};

function eventsOf(command: InquiryCommand, state: Inquiry): readonly InquiryEvent[] {
  switch (command.action) {
    case 'consult':
      return [{ type: 'ConsultationOpened', data: command.opened }];
    case 'raise-obstacle':
      return [{ type: 'ObstacleRaised', data: command.raised }];
    case 'answer': {
      const { unit, answer } = command;
      const isLast = state.phase === 'open' && state.asked.every((one) => one === unit || state.answered.includes(one));
      return [
        { type: 'InquiryAnswered', data: { unit, ...(answer !== undefined && { answer }) } },
        ...(isLast ? [{ type: 'InquiryClosed', data: {} } as const] : []),
      ];
    }
    case 'close-consultation':
      return [{ type: 'InquiryClosed', data: command.reason === undefined ? {} : { reason: command.reason } }];
    case 'remind': {
      const { occasion, today: on, dueOn } = command;
      return [
        { type: 'InquiryReminded', data: { units: waitingFor(command, state), occasion, on, ...(dueOn !== undefined && { dueOn }) } },
      ];
    }
  }
}

/** The units that have not answered. */
function waitingFor({ waiting }: Extract<InquiryCommand, { action: 'remind' }>, state: Inquiry): readonly string[] {
  return (state.phase === 'none' ? (waiting ?? []) : state.asked).filter((unit) => !state.answered.includes(unit));
}

/** All that stands against a command, in the order in which it is told. */
export function unmetBy(command: InquiryCommand, state: Inquiry): readonly Unmet[] {
  return [
    ...(isTimed(command) || authorityOf(command, state)
      ? []
      : [{ code: 'not-authorised', message: 'Your roles do not let you speak for the unit that this is for.' }]),
    ...(command.action === 'raise-obstacle' && !command.seen
      ? [{ code: 'not-authorised', message: 'The procedure is not in force, and not yours to see.' }]
      : []),
    ...closedUnits(command),
    ...(state.phase === 'closed' ? [{ code: 'inquiry-closed', message: 'It is closed.' }] : []),
    ...(state.phase !== 'closed' && command.context.ended === true
      ? [{ code: 'inquiry-closed', message: 'The procedure has come to its end, and nobody is asked about it any more.' }]
      : []),
    ...(state.phase === 'none' ? oneTooMany(command) : []),
    ...(command.action === 'answer' && hasAnswered(command, state)
      ? [{ code: 'already-answered', message: 'The unit has answered already.' }]
      : []),
    ...(command.action === 'remind' ? unmetByReminder(command, state) : []),
  ];
}

/** Who raises obstacles uses up what is for their own unit, and neither what others may raise nor what the owner may ask. */
function oneTooMany(command: InquiryCommand): readonly Unmet[] {
  const { before = 0, consulted = 0 } = command.context;
  if (command.action === 'consult') {
    const isTooMany = before >= mostStored.consultations || consulted + command.opened.units.length > mostStored.unitsConsulted;
    const times = `${String(before)} times, ${String(consulted)} units in all`;
    return isTooMany ? [{ code: 'procedure-full', message: `Units were asked about it ${times}; so many more are not.` }] : [];
  }
  return command.action === 'raise-obstacle' && before >= mostStored.obstaclesOfUnit
    ? [{ code: 'procedure-full', message: `The unit raised ${String(before)} obstacles with it, and raises no more.` }]
    : [];
}

/** Nobody is asked, and nobody begins to ask, for a unit that is closed; what was asked of it before can still be answered. */
function closedUnits(command: InquiryCommand): readonly Unmet[] {
  const { units } = command.context;
  if (command.action === 'consult') return command.opened.units.flatMap((unit, index) => unitClosed(units, unit, `units.${String(index)}`));
  return command.action === 'raise-obstacle' ? unitClosed(units, command.raised.unit, 'unit') : [];
}

/** An option that the unit proposed is an answer to an assigned review, and stands elsewhere. */
function hasAnswered({ unit, assigned, waiting, context }: Extract<InquiryCommand, { action: 'answer' }>, state: Inquiry): boolean {
  if (state.answered.includes(unit)) return true;
  return context.ended !== true && assigned?.includes(unit) === true && waiting?.includes(unit) === false;
}

function wrongFields(command: InquiryCommand): readonly FieldError[] {
  const { units } = command.context;
  const wrongUnit = (id: string, path: string): readonly FieldError[] => {
    return units.get(id) ? [] : [{ path, message: 'is not a unit that exists' }];
  };
  switch (command.action) {
    case 'consult': {
      const { opened, today } = command;
      return [
        ...opened.units.flatMap((unit, index) => wrongUnit(unit, `units.${String(index)}`)),
        ...(opened.dueOn < today ? [{ path: 'dueOn', message: 'must not be in the past' }] : []),
      ];
    }
    case 'raise-obstacle':
      return wrongUnit(command.raised.unit, 'unit');
    case 'answer':
    case 'close-consultation':
    case 'remind':
      return [];
  }
}

function unmetByReminder(command: Extract<InquiryCommand, { action: 'remind' }>, state: Inquiry): readonly Unmet[] {
  const { occasion, today, dueOn } = command;
  return [
    ...(state.phase !== 'closed' && waitingFor(command, state).length === 0
      ? [{ code: 'already-answered', message: 'Nobody is waited for any more.' }]
      : []),
    ...(occasion === 'asked' && state.remindedOn === today
      ? [{ code: 'already-reminded', message: 'The units were reminded today already.' }]
      : []),
    ...(occasion !== 'asked' && (dueOn === undefined || occasion !== (today <= dueOn ? 'due-soon' : 'overdue'))
      ? [{ code: 'wrong-occasion', message: 'It is not the time for this reminder.' }]
      : []),
  ];
}

/** When the time has come, nobody in person asks for it. */
const isTimed = (command: InquiryCommand): boolean => command.action === 'remind' && command.occasion !== 'asked';

/** By which role the sender speaks for the unit, or assigns the review of which they remind. */
function authorityOf(command: InquiryCommand, state: Inquiry): HeldRole | null {
  if (command.action === 'remind' && state.phase === 'none') return command.assigner ?? null;
  const speaker = speakerOf(command, state);
  return speaker === null ? null : speakingRole(speaker, command.context);
}

/** The unit for which somebody must be able to speak; null where it was not asked. */
function speakerOf(command: InquiryCommand, state: Inquiry): string | null {
  switch (command.action) {
    case 'consult':
      return command.opened.by;
    case 'raise-obstacle':
      return command.raised.unit;
    case 'answer':
      return (state.phase === 'none' ? (command.assigned ?? []) : state.asked).includes(command.unit) ? command.unit : null;
    case 'close-consultation':
      return state.phase !== 'none' && state.kind === 'consultation' ? state.by : null;
    case 'remind':
      return state.phase === 'none' ? null : state.by;
  }
}

/** Who is to answer a question, else the first who may close it or remind of it, of several in whose name somebody may act; null for none of them. */
export function whoseTask<Who extends Speaking>(
  { unit, by }: { readonly unit: string; readonly by: string | null },
  among: readonly Who[],
  units: UnitTree,
): Who | null {
  const speaksAs = (action: string, speaker: string) => (who: Who) =>
    speakingRole(speaker, { roles: rolesFor(action, who), units }) !== null;
  const asks = (who: Who): boolean => by !== null && ['close-consultation', 'remind'].some((action) => speaksAs(action, by)(who));
  return among.find(speaksAs('answer', unit)) ?? among.find(asks) ?? null;
}

/** Roles that speak for a unit and for those below it. */
const speaking: readonly Role[] = ['officer', 'checker', 'authority'];

/** By which of the roles somebody speaks for the unit, the nearest first; null by none. */
export function speakingRole(unit: string, { roles, units }: Pick<InquiryContext, 'roles' | 'units'>): HeldRole | null {
  return nearestRole(roles, speaking, unit, units);
}

/** Unit ids: where somebody holds a role that speaks, each once. */
export function speaksAt(roles: readonly HeldRole[]): readonly string[] {
  return [...new Set(roles.filter(({ role }) => speaking.includes(role)).map(({ unit }) => unit))];
}

interface Speaking {
  readonly roles: readonly HeldRole[];
  readonly actingFor?: ActingFor | undefined;
}

/** Whether somebody speaks for the unit (id) in that action. */
export const speaksFor = (action: 'consult', unit: string, who: Speaking, units: UnitTree): boolean =>
  speakingRole(unit, { roles: rolesFor(action, who), units }) !== null;

/** Whether there is any unit for which somebody speaks in that action. */
export const speaksSomewhere = (action: 'raise-obstacle', who: Speaking): boolean => speaksAt(rolesFor(action, who)).length > 0;

/** Whether somebody sees a question about a procedure: it is not classified, or it is their concern. */
export function seesInquiry(sight: Sight, parties: Parties, procedure: Classified): boolean {
  return (procedure.classification ?? 'none') === 'none' || isConcerned(sight, parties, procedure);
}

/** Whether a question is somebody's concern: they are cleared for the procedure, and see it or are among those who ask and are asked. */
export function isConcerned(sight: Sight, { by, units }: Parties, procedure: Classified): boolean {
  const isParty = [by, ...units].some((unit) => sight.units === null || (unit !== null && sight.units.has(unit)));
  return isCleared(sight.clearance, procedure.classification ?? 'none') && (isParty || sees(sight, procedure));
}

/** Between whom a question is. */
export interface Parties {
  /** Unit id: who asks; null for the authority that assigned a review. */
  readonly by: string | null;
  /** Unit ids: who is asked. */
  readonly units: readonly string[];
}

/** Whether a procedure can be an obstacle to somebody: it is or was in force, or theirs to see. */
export function mayMeetObstacles(sight: Sight, procedure: Classified & { readonly everPublished: boolean }): boolean {
  return procedure.everPublished || sees(sight, procedure);
}

/** Unit ids: of those in sight, the ones that somebody asks about; null for all. (Default: any) */
export function concerned({ units: seen }: Sight, asked?: readonly string[]): readonly string[] | null {
  return seen === null ? (asked ?? null) : (asked ?? [...seen]).filter((one) => seen.has(one));
}
