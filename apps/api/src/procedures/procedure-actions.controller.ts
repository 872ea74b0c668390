import { Body, Controller, HttpCode, Param, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TakesActingFor } from '../http/acting-for.js';
import { Needs } from '../http/needs.js';
import { HowSent } from '../http/sent.js';
import { AcceptedHeaders } from './accepted-headers.js';
import { ActOnProcedure } from '#procedures/commands';
import type { ActionBody } from '#procedures/commands';
import { actions } from '#workflow';
import type { Action, Sent } from '#workflow';
import { KnownProcedure } from './known-procedure.js';
import { optionActionBodies } from './option-action.dto.js';
import { procedureActionBodies } from './procedure-action.dto.js';
import { AcceptedAnswer } from './register-procedure.dto.js';

/** What the body of each action is read as. */
const bodies = { ...procedureActionBodies, ...optionActionBodies } satisfies { readonly [One in Action]: Type<ActionBody<One>> };

/** One call for each action that a procedure can take. */
@ApiTags('procedures')
@ApiBearerAuth()
@Controller('api/v1/procedures/:id/actions')
@TakesActingFor()
@UseGuards(KnownProcedure)
@UseInterceptors(AcceptedHeaders)
export class ProcedureActionsController {
  constructor(readonly commands: CommandBus) {}
}

/** Adds what a method with these decorators would be: `@Post('publish') @Needs('publish') publish(@Param('id') id, @Body() body, @HowSent() sent)`. */
function addCall(action: Action): void {
  const controller = ProcedureActionsController.prototype;
  const name = action.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  function act(this: ProcedureActionsController, id: string, body: ActionBody<typeof action>, sent: Sent): Promise<AcceptedAnswer> {
    return this.commands.execute(new ActOnProcedure(id, action, body, sent));
  }
  const call = { value: Object.defineProperty(act, 'name', { value: name }), configurable: true, writable: true };
  Object.defineProperty(controller, name, call);
  Param('id')(controller, name, 0);
  Body()(controller, name, 1);
  HowSent()(controller, name, 2);
  Reflect.defineMetadata('design:paramtypes', [String, bodies[action], Object], controller, name);
  const decorators = [Post(action), Needs(action), HttpCode(200), ApiOkResponse({ type: AcceptedAnswer })];
  for (const decorate of decorators) decorate(controller, name, call);
}

actions.forEach(addCall);
