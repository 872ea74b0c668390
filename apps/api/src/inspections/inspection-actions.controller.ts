import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ProcedureDesk } from '#procedures/commands';
import { inspectionActions } from '#programmes';
import type { InspectionAction, InspectionRequest } from '#programmes';
import { ActOnInspection } from '#programmes/commands';
import { sees } from '#workflow';
import type { Sent } from '#workflow';
import type { Person } from '#identity';
import { idIn, wrong } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { newId } from '../http/must-administer.js';
import { addActionCall } from '../http/action-calls.js';
import { remedyRequests } from '../recommendations/remedy-requests.js';
import { ActedOnInspectionAnswer, inspectionActionBodies } from './inspections.dto.js';
import { ShownInspections } from './shown-inspections.js';

type Bodies = { readonly [Action in InspectionAction]: InstanceType<(typeof inspectionActionBodies)[Action]> };

/** Ids that a command may need, made of its key. */
interface Making {
  readonly today: string;
  readonly newId: (what: string) => string;
}

/** What each body asks for; a day that is left out is today. */
const requests: { readonly [Action in InspectionAction]: (body: Bodies[Action], making: Making) => InspectionRequest } = {
  open: ({ date }) => ({ action: 'open', date }),
  find: ({ text, severity, procedures, evidence, occurredOn }, { today, newId: made }) => ({
    action: 'find',
    finding: {
      ...{ id: made('finding'), text, severity },
      ...(procedures && { procedures: procedures.map((id) => id.toLowerCase()) }),
      ...(evidence !== undefined && { evidence }),
    },
    occurredOn: occurredOn ?? today,
  }),
  end: ({ date }) => ({ action: 'end', date }),
  conclude: ({ document: { number, date }, occurredOn }, { today }) => ({
    ...{ action: 'conclude', document: { number, date }, occurredOn: occurredOn ?? today },
  }),
  recommend: ({ text, owner, dueOn, occurredOn }, { today, newId: made }) => ({
    action: 'recommend',
    recommendation: { id: made('recommendation'), text, owner: owner.toLowerCase(), dueOn },
    occurredOn: occurredOn ?? today,
  }),
  'report-remedy': (body, { today }) => remedyRequests['report-remedy'](body, today),
  'accept-remedy': (body, { today }) => remedyRequests['accept-remedy'](body, today),
  'return-remedy': (body, { today }) => remedyRequests['return-remedy'](body, today),
  close: ({ occurredOn }, { today }) => ({ action: 'close', occurredOn: occurredOn ?? today }),
};

/** One call for each action that an inspection can take. */
@ApiTags('inspections')
@ApiBearerAuth()
@Controller('api/v1/inspections/:id/actions')
@TakesActingFor()
export class InspectionActionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly shown: ShownInspections,
    private readonly procedures: ProcedureDesk,
  ) {}

  async act<Action extends InspectionAction>(
    named: string,
    { action, body }: { readonly action: Action; readonly body: Bodies[Action] },
    sent: Sent,
    person: Person,
  ): Promise<ActedOnInspectionAnswer> {
    const id = idIn(named);
    const seen = await this.shown.seen(id, person);
    const making = { today: this.shown.inspections.today(), newId: (what: string) => newId(`${what} of ${id}`, sent, person) };
    const request = requests[action](body, making);
    if (request.action === 'find') await this.mustSee(request.finding.procedures ?? [], person);
    const accepted = await this.commands.execute(new ActOnInspection(id, request, seen, sent));
    return { ...accepted, ...namedIn(request) };
  }

  /** A procedure that the sender does not see is not there for them. @throws Problem */
  private async mustSee(procedures: readonly string[], person: Person): Promise<void> {
    const sight = this.shown.sightOf(person);
    for (const [index, id] of procedures.entries()) {
      const found = await this.procedures.find(id);
      if (!found || !sees(sight, found.state))
        wrong(`procedures.${String(index)}`, 'is not a procedure that exists', 'không có thủ tục này');
    }
  }
}

function namedIn(request: InspectionRequest): Pick<ActedOnInspectionAnswer, 'recommendation' | 'finding'> {
  if (request.action === 'find') return { finding: request.finding.id };
  if (request.action === 'recommend') return { recommendation: request.recommendation.id };
  return 'recommendation' in request ? { recommendation: request.recommendation } : {};
}

const says: { readonly [Action in InspectionAction]: string } = {
  open: 'Begins it. For checkers and authorities of the unit that inspects.',
  find: 'Adds what was found. For checkers and authorities of the unit that inspects.',
  end: 'Ends it; from then on the conclusion is due within 15 working days. For checkers and authorities of the unit that inspects.',
  conclude: 'Concludes it by a numbered paper. For checkers and authorities of the unit that inspects.',
  recommend: 'Asks something of a unit by a day. For checkers and authorities of the unit that inspects.',
  'report-remedy': 'Says what was done about a recommendation. For officers of its owner.',
  'accept-remedy':
    'Accepts what was done. For checkers and authorities of the unit that inspects, and for somebody else than who reported it.',
  'return-remedy': 'Gives back what was done, with the reason. For checkers and authorities of the unit that inspects.',
  close: 'Closes it, once every remedy was accepted. For checkers and authorities of the unit that inspects.',
};

for (const action of inspectionActions)
  addActionCall(InspectionActionsController.prototype, {
    ...{ action, body: inspectionActionBodies[action], summary: says[action], answer: ActedOnInspectionAnswer },
  });
