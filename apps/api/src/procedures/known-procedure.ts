import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { isUuid } from '../http/sent.js';
import { ProcedureDesk } from '#procedures/commands';

/** Lets a request through whose procedure exists; stands before the body is looked at. */
@Injectable()
export class KnownProcedure implements CanActivate {
  constructor(private readonly desk: ProcedureDesk) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    params.id = params.id.toLowerCase();
    if (!isUuid(params.id) || !(await this.desk.find(params.id))) throw new Problem('not-found');
    return true;
  }
}
