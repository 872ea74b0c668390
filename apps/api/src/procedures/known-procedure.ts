import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { isUuid } from '../http/sent.js';
import { Directory } from '#identity';
import { ProcedureDesk } from '#procedures/commands';
import { sees } from '#workflow';

/**
 * Lets a request through whose procedure exists and may be seen; stands before the body is looked at. A command on what is not
 * classified is let through for the rules to refuse, which goes on record.
 */
@Injectable()
export class KnownProcedure implements CanActivate {
  constructor(
    private readonly desk: ProcedureDesk,
    private readonly directory: Directory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params, person, method } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    params.id = params.id.toLowerCase();
    const found = isUuid(params.id) ? await this.desk.find(params.id) : null;
    if (!found || !person) throw new Problem('not-found');
    const { state } = found;
    const isCommand = method !== 'GET' && method !== 'HEAD';
    if (isCommand && (state.classification ?? 'none') === 'none') return true;
    const sight = this.directory.sightOf(person);
    // What is in force binds everybody, who may therefore open it, and ask about it, wherever they stand in the tree.
    const isForAll = state.everPublished && (state.classification ?? 'none') === 'none';
    const asked = state.assignment?.units.some((unit) => person.roles.some((held) => held.unit === unit)) === true;
    if (sees(isForAll || asked ? { ...sight, units: null } : sight, state)) return true;
    throw new Problem('not-found');
  }
}
