import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { isUuid } from '../http/sent.js';
import { Directory } from '#identity';
import type { Person } from '#identity';
import type { RegisteredProcedure } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import { sees } from '#workflow';

interface Asked {
  readonly person: Person;
  readonly method: string;
}

/** Lets a request through whose procedure exists and may be seen; stands before the body is looked at. */
@Injectable()
export class SeenProcedure implements CanActivate {
  constructor(
    private readonly desk: ProcedureDesk,
    private readonly directory: Directory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params, person, method } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    params.id = params.id.toLowerCase();
    const found = isUuid(params.id) ? await this.desk.find(params.id) : null;
    if (!found || !person || !this.mayPass(found.state, { person, method })) throw new Problem('not-found');
    return true;
  }

  protected mayPass(state: RegisteredProcedure, { person }: Asked): boolean {
    const sight = this.directory.sightOf(person);
    // What is in force binds everybody, who may therefore open it, and ask about it, wherever they stand in the tree.
    const isForAll = state.everPublished && (state.classification ?? 'none') === 'none';
    const asked = state.assignment?.units.some((unit) => person.roles.some((held) => held.unit === unit)) === true;
    return sees(isForAll || asked ? { ...sight, units: null } : sight, state);
  }
}

/** As `SeenProcedure`, but a command on what is not classified is let through for the rules to refuse, which goes on record. */
@Injectable()
export class KnownProcedure extends SeenProcedure {
  protected override mayPass(state: RegisteredProcedure, asked: Asked): boolean {
    const isCommand = asked.method !== 'GET' && asked.method !== 'HEAD';
    return (isCommand && (state.classification ?? 'none') === 'none') || super.mayPass(state, asked);
  }
}
