import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { isUuid } from '../http/sent.js';
import { Reading } from '../reading/reading.js';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { ProcedureDesk } from '#procedures/commands';
import type { Found } from '#procedures/commands';
import { isCleared, sees } from '#workflow';

interface Asked {
  readonly id: string;
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
    params.id = params.id.toLowerCase();
    if (!person || !isUuid(params.id)) throw new Problem('not-found');
    const asked = { id: params.id, person, method };
    // Another process may have written what lets it be seen; what was seen once stays so.
    const passes =
      (await this.mayPass(await this.desk.find(params.id), asked)) || (await this.mayPass(await this.desk.findNewest(params.id), asked));
    if (!passes) throw new Problem('not-found');
    return true;
  }

  protected async mayPass(found: Found | null, { id, person }: Asked): Promise<boolean> {
    if (!found) return false;
    const { state } = found;
    const { classification = 'none' } = state;
    const sight = this.directory.sightOf(person);
    if (!isCleared(sight.clearance, classification)) return false;
    // What is in force binds everybody, who may therefore open it, and ask about it, wherever they stand in the tree.
    if (sees(sight, state) || (classification === 'none' && state.everPublished)) return true;
    // Units that are asked about it see what they are asked about, and at once.
    return state.assignment?.units.some((unit) => sight.units?.has(unit)) === true || (await this.reading.isAsked(sight, id));
  }
}

/** As `SeenProcedure`, but a command on what is not classified is let through for the rules to refuse, which goes on record. */
@Injectable()
export class KnownProcedure extends SeenProcedure {
  protected override async mayPass(found: Found | null, asked: Asked): Promise<boolean> {
    const isCommand = asked.method !== 'GET' && asked.method !== 'HEAD';
    return (isCommand && found !== null && (found.state.classification ?? 'none') === 'none') || super.mayPass(found, asked);
  }
}
