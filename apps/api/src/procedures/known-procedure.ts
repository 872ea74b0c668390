import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { isUuid } from '../http/sent.js';
import { Settings } from '../settings.js';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { mayAddress, mayOpen, mayOpenAsked } from '#procedures';
import type { RegisteredProcedure } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import { isAskedAbout } from '#worklist';

interface Asking {
  readonly person: Person;
  readonly method: string;
}

/** Lets a request through whose procedure exists and may be seen; stands before the body is looked at. */
@Injectable()
export class SeenProcedure implements CanActivate {
  constructor(
    private readonly desk: ProcedureDesk,
    protected readonly directory: Directory,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params, person, method } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    if (!person || !isUuid(params.id) || !(await this.passes(params.id, { person, method }))) throw new Problem('not-found');
    return true;
  }

  /** Whether somebody may read it. @throws Unavailable */
  isSeen(id: string, person: Person): Promise<boolean> {
    return this.passes(id, { person, method: 'GET' });
  }

  private async passes(id: string, asked: Asking): Promise<boolean> {
    const known = await this.desk.find(id);
    if (known && this.mayPass(known.state, asked)) return true;
    // Another process may have written what lets it be seen; what was seen once stays so.
    const newest = await this.desk.findNewest(id);
    return newest !== null && (this.mayPass(newest.state, asked) || this.isAsked(id, newest.state, asked.person));
  }

  protected mayPass(state: RegisteredProcedure, { person }: Asking): boolean {
    return mayOpen(this.directory.sightOf(person), state);
  }

  /** Units that are asked about it see what they are asked about, as far as the view has come. */
  private async isAsked(id: string, state: RegisteredProcedure, person: Person): Promise<boolean> {
    const sight = this.directory.sightOf(person);
    return mayOpenAsked(sight, state) && isAskedAbout(this.settings.database, id, [...(sight.units ?? [])]);
  }
}

/** As `SeenProcedure`, but a command on what is not classified is let through for the rules to refuse, which goes on record. */
@Injectable()
export class KnownProcedure extends SeenProcedure {
  protected override mayPass(state: RegisteredProcedure, { person, method }: Asking): boolean {
    const sight = this.directory.sightOf(person);
    return method === 'GET' || method === 'HEAD' ? mayOpen(sight, state) : mayAddress(sight, state);
  }
}
