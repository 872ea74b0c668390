import { Body, HttpCode, Param, Post } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Person } from '#identity';
import type { Sent } from '#workflow';
import { Needs } from './needs.js';
import { HowSent, SignedIn } from './sent.js';

/** A controller that does every action by one method. */
interface Acts<Action, Answer> {
  act(id: string, asked: { readonly action: Action; readonly body: never }, sent: Sent, person: Person): Promise<Answer>;
}

interface ActionCall<Action, Answer> {
  readonly action: Action;
  /** What its body is read as. */
  readonly body: Type<object>;
  /** What the description says of it. */
  readonly summary: string;
  readonly answer: Type<Answer>;
}

/** Adds what a method with these decorators would be: `@Post('open') @Needs('commands') open(@Param('id') id, @Body() body, @HowSent() sent, @SignedIn() person)`. */
export function addActionCall<Action extends string, Answer>(
  controller: Acts<Action, Answer>,
  { action, body: shape, summary, answer }: ActionCall<Action, Answer>,
): void {
  const name = action.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  function act(this: Acts<Action, Answer>, id: string, body: never, sent: Sent, person: Person): Promise<Answer> {
    return this.act(id, { action, body }, sent, person);
  }
  const call = { value: Object.defineProperty(act, 'name', { value: name }), configurable: true, writable: true };
  Object.defineProperty(controller, name, call);
  Param('id')(controller, name, 0);
  Body()(controller, name, 1);
  HowSent()(controller, name, 2);
  SignedIn()(controller, name, 3);
  Reflect.defineMetadata('design:paramtypes', [String, shape, Object, Object], controller, name);
  const decorators = [Post(action), Needs('commands'), HttpCode(200), ApiOperation({ summary }), ApiOkResponse({ type: answer })];
  for (const decorate of decorators) decorate(controller, name, call);
}
