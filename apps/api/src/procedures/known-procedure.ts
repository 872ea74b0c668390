import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { isUuid } from '../http/sent.js';
import { Reading } from '../reading/reading.js';
import { Directory } from '#identity';
import type { Person } from '#identity';
import type { RegisteredProcedure } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import { isCleared, sees } from '#workflow';

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
    private readonly reading: Reading,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params, person, method } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    if (!person || !isUuid(params.id)) throw new Problem('not-found');
    const asked = { person, method };
    const known = await this.desk.find(params.id);
    if (known && this.mayPass(known.state, asked)) return true;
    // Another process may have written what lets it be seen; what was seen once stays so.
    const newest = await this.desk.findNewest(params.id);
    if (newest && (this.mayPass(newest.state, asked) || (await this.isAsked(params.id, newest.state, person)))) return true;
    throw new Problem('not-found');
  }

  protected mayPass(state: RegisteredProcedure, { person }: Asked): boolean {
    const sight = this.directory.sightOf(person);
    // What is in force binds everybody, who may therefore open it, and ask about it, wherever they stand in the tree.
    const isForAll = state.everPublished && (state.classification ?? 'none') === 'none';
    const isAssigned = state.assignment?.units.some((unit) => sight.units?.has(unit)) === true;
    return sees(isForAll || isAssigned ? { ...sight, units: null } : sight, state);
  }

  /** Units that are asked about it see what they are asked about. */
  private async isAsked(id: string, { classification = 'none' }: RegisteredProcedure, person: Person): Promise<boolean> {
    const sight = this.directory.sightOf(person);
    return isCleared(sight.clearance, classification) && this.reading.isAsked(sight, id);
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
