import { Rejected } from '#event-store';
import type { Decider, Unmet } from '#event-store';
import type { HeldRole, UnitTree } from '#workflow';

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
      };
    }
  | {
      /** Vướng mắc: `unit` cannot apply the procedure as it stands, and `lead`, which owns it, must answer. */
      readonly type: 'ObstacleRaised';
      readonly data: { readonly procedure: string; readonly unit: string; readonly lead: string; readonly description: string };
    }
  | { readonly type: 'InquiryAnswered'; readonly data: { readonly unit: string; readonly answer: string } }
  | { readonly type: 'InquiryClosed'; readonly data: { readonly reason?: string } };

interface InquiryContext {
  readonly roles: readonly HeldRole[];
  readonly units: UnitTree;
}

export type InquiryCommand = (
  | { readonly action: 'consult'; readonly opened: Extract<InquiryEvent, { type: 'ConsultationOpened' }>['data'] }
  | { readonly action: 'raise-obstacle'; readonly raised: Extract<InquiryEvent, { type: 'ObstacleRaised' }>['data'] }
  | {
      readonly action: 'answer';
      readonly unit: string;
      readonly answer: string;
      /** The units that were assigned a review, which a procedure's own stream says; left out for what stands here. */
      readonly assigned?: readonly string[] | undefined;
    }
  | { readonly action: 'close-consultation'; readonly reason?: string | undefined }
) & { readonly context: InquiryContext };

export type Inquiry =
  /** Nothing was asked here; of an assigned review only the answers stand here. */
  | { readonly phase: 'none'; readonly answered: readonly string[] }
  | {
      readonly phase: 'open' | 'closed';
      readonly kind: 'consultation' | 'obstacle';
      readonly procedure: string;
      /** Unit ids. */
      readonly by: string;
      readonly asked: readonly string[];
      readonly answered: readonly string[];
    };

/** One question to units. It closes when all have answered, or when whoever asked closes it. */
export const inquiry: Decider<InquiryCommand, Inquiry, InquiryEvent> = {
  initial: { phase: 'none', answered: [] },
  decide: (command, state) => {
    const [first, ...others] = unmetConditions(command, state);
    if (first) throw new Rejected([first, ...others]);
    return eventsOf(command, state);
  },
  evolve: (state, { type, data }) => {
    switch (type) {
      case 'ConsultationOpened':
        return { phase: 'open', kind: 'consultation', procedure: data.procedure, by: data.by, asked: data.units, answered: [] };
      case 'ObstacleRaised':
        return { phase: 'open', kind: 'obstacle', procedure: data.procedure, by: data.unit, asked: [data.lead], answered: [] };
      case 'InquiryAnswered':
        return { ...state, answered: [...state.answered, data.unit] };
      case 'InquiryClosed':
        return state.phase === 'none' ? state : { ...state, phase: 'closed' };
    }
  },
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
      return [{ type: 'InquiryAnswered', data: { unit, answer } }, ...(isLast ? [{ type: 'InquiryClosed', data: {} } as const] : [])];
    }
    case 'close-consultation':
      return [{ type: 'InquiryClosed', data: command.reason === undefined ? {} : { reason: command.reason } }];
  }
}

function unmetConditions(command: InquiryCommand, state: Inquiry): readonly Unmet[] {
  const speaker = speakerOf(command, state);
  return [
    ...(speaker !== null && speaksFor(speaker, command.context)
      ? []
      : [{ code: 'not-authorised', message: 'Your roles do not let you speak for the unit that this is for.' }]),
    ...(state.phase === 'closed' ? [{ code: 'inquiry-closed', message: 'It is closed.' }] : []),
    ...(command.action === 'answer' && state.answered.includes(command.unit)
      ? [{ code: 'already-answered', message: 'The unit has answered already.' }]
      : []),
  ];
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
  }
}

/** Officers, checkers and authorities speak for their unit and those below it. */
function speaksFor(unit: string, { roles, units }: InquiryContext): boolean {
  const path = units.pathUp(unit).map(({ id }) => id);
  return roles.some(({ role, unit: at }) => ['officer', 'checker', 'authority'].includes(role) && path.includes(at));
}
