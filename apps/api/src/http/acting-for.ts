import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { wrongHeader } from './sent.js';

const takesActingFor = 'takesActingFor';
const reading = ['GET', 'HEAD', 'OPTIONS'];

/** For calls that one may send for somebody else, under a delegation. Commands without it are sent in one's own name alone. */
export const TakesActingFor = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    SetMetadata(takesActingFor, true),
    ApiHeader({
      name: 'Acting-For',
      description: 'Person id: whom the caller acts for, under a delegation that is in force today. (Default: nobody)',
      required: false,
      schema: { type: 'string', format: 'uuid' },
    }),
  );

/** Refuses to act for somebody where that is not delegated: nobody shall believe that it was done in another name. Reads that do not ask for whom ignore it. */
@Injectable()
export class ActingForTaken implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const isAsked = headers['acting-for'] !== undefined && !reading.includes(method);
    const isTaken = this.reflector.getAllAndOverride<boolean | undefined>(takesActingFor, [context.getHandler(), context.getClass()]);
    if (!isAsked || isTaken === true) return true;
    throw wrongHeader('Acting-For', 'is not taken here: this is done in one’s own name');
  }
}
