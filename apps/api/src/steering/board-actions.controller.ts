import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Person } from '#identity';
import { boardActions } from '#programmes';
import type { BoardAction, BoardRequest } from '#programmes';
import { ActOnBoard } from '#programmes/commands';
import type { Sent } from '#workflow';
import { idIn, wrong } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { addActionCall } from '../http/action-calls.js';
import { newId } from '../http/must-administer.js';
import { remedyRequests } from '../recommendations/remedy-requests.js';
import { ActedOnBoardAnswer, boardActionBodies } from './boards.dto.js';
import { ShownBoards } from './shown-boards.js';

type Bodies = { readonly [Action in BoardAction]: InstanceType<(typeof boardActionBodies)[Action]> };

/** What a command may need besides its body. */
interface Making {
  readonly today: string;
  /** Made of the command's key. */
  readonly newId: (what: string) => string;
  readonly isKnown: (person: string) => Promise<boolean>;
}

type Request<Action extends BoardAction> = (body: Bodies[Action], making: Making) => BoardRequest | Promise<BoardRequest>;

/** What each body asks for. */
const requests: { readonly [Action in BoardAction]: Request<Action> } = {
  'appoint-member': async ({ person: named, role, from, to }, making) => {
    const person = named.toLowerCase();
    const member = { id: making.newId('member'), person, role, from, ...(to !== undefined && { to }) };
    return { action: 'appoint-member', member, isKnown: await making.isKnown(person) };
  },
  'release-member': ({ member, to }) => ({ action: 'release-member', member: member.toLowerCase(), to }),
  'hold-meeting': ({ title, date, place, present }, making) => ({
    action: 'hold-meeting',
    meeting: {
      ...{ id: making.newId('meeting'), title, date, ...(place !== undefined && { place }) },
      present: present.map((person) => person.toLowerCase()),
    },
  }),
  'add-conclusion': ({ meeting: named, text, owner, dueOn }, making) => {
    const said = { id: making.newId('conclusion'), meeting: named.toLowerCase(), text };
    if (owner !== undefined && dueOn !== undefined)
      return { action: 'add-conclusion', conclusion: { ...said, owner: owner.toLowerCase(), dueOn } };
    if (owner !== undefined) wrong('dueOn', 'must be there with owner', 'phải có khi nêu đơn vị thực hiện');
    if (dueOn !== undefined) wrong('owner', 'must be there with dueOn', 'phải có khi nêu thời hạn');
    return { action: 'add-conclusion', conclusion: said };
  },
  'report-remedy': (body, { today }) => remedyRequests['report-remedy'](body, today),
  'accept-remedy': (body, { today }) => remedyRequests['accept-remedy'](body, today),
  'return-remedy': (body, { today }) => remedyRequests['return-remedy'](body, today),
  dissolve: ({ document: { number, date } }) => ({ action: 'dissolve', document: { number, date } }),
};

/** One call for each action that a steering board can take. */
@ApiTags('steering-boards')
@ApiBearerAuth()
@Controller('api/v1/steering-boards/:id/actions')
@TakesActingFor()
export class BoardActionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly shown: ShownBoards,
  ) {}

  async act<Action extends BoardAction>(
    named: string,
    { action, body }: { readonly action: Action; readonly body: Bodies[Action] },
    sent: Sent,
    person: Person,
  ): Promise<ActedOnBoardAnswer> {
    const id = idIn(named);
    const seen = await this.shown.seen(id, person);
    const request = await requests[action](body, {
      today: this.shown.boards.today(),
      newId: (what) => newId(`${what} of ${id}`, sent, person),
      isKnown: (known) => this.shown.isKnown(known),
    });
    return { ...(await this.commands.execute(new ActOnBoard(id, request, seen, sent))), ...namedIn(request) };
  }
}

function namedIn(request: BoardRequest): Omit<ActedOnBoardAnswer, 'id' | 'revision' | 'position' | 'events'> {
  if (request.action === 'appoint-member') return { member: request.member.id };
  if (request.action === 'release-member') return { member: request.member };
  if (request.action === 'hold-meeting') return { meeting: request.meeting.id };
  if (request.action !== 'add-conclusion') return 'recommendation' in request ? { recommendation: request.recommendation } : {};
  const { conclusion } = request;
  return 'owner' in conclusion ? { recommendation: conclusion.id } : { conclusion: conclusion.id };
}

const ofUnit = 'For checkers and authorities of the unit of the board';
const says: { readonly [Action in BoardAction]: string } = {
  'appoint-member': `Appoints somebody, from a day on. ${ofUnit}.`,
  'release-member': `Says until which day somebody is a member. ${ofUnit}.`,
  'hold-meeting': `Adds a meeting, and who was present of the members in office on that day. ${ofUnit}.`,
  'add-conclusion': `Adds what a meeting concluded; with an owner and a day it is a recommendation. ${ofUnit}.`,
  'report-remedy': 'Says what was done about a recommendation. For officers of its owner.',
  'accept-remedy': `Accepts what was done. ${ofUnit}, and for somebody else than who reported it.`,
  'return-remedy': `Gives back what was done, with the reason. ${ofUnit}.`,
  dissolve: `Dissolves the board by a numbered paper, once every remedy was accepted. ${ofUnit}.`,
};

for (const action of boardActions)
  addActionCall(BoardActionsController.prototype, {
    ...{ action, body: boardActionBodies[action], summary: says[action], answer: ActedOnBoardAnswer },
  });
