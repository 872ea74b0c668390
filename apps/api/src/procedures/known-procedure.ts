import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { readerOf } from '../http/records.js';
import { isUuid } from '../http/sent.js';
import { Settings } from '../settings.js';
import { Accesses, Directory } from '#identity';
import type { Person } from '#identity';
import { mayAddress, mayOpen, mayOpenAsked } from '#procedures';
import type { RegisteredProcedure } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import { isAskedAbout } from '#worklist';

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

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
    private readonly accesses: Accesses,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    const { params, person, method } = request;
    const passed = person && isUuid(params.id) ? await this.passes(params.id, { person, method }) : null;
    if (!person || !passed) throw new Problem('not-found');
    if (isReading(method) && (passed.classification ?? 'none') !== 'none') this.recordReading(params.id, person, request);
    return true;
  }

  /** Whether somebody may read it. @throws Unavailable */
  async isSeen(id: string, person: Person): Promise<boolean> {
    return (await this.passes(id, { person, method: 'GET' })) !== null;
  }

  /** Beside what is read, which is not answered before it is on record. */
  private recordReading(procedure: string, person: Person, request: FastifyRequest): void {
    const { correlationId, routeOptions } = request;
    const subject = routeOptions.url ?? '';
    request.recording = this.accesses.record({ type: 'ClassifiedRead', by: readerOf(person), procedure, subject, correlationId });
    // Whoever answers waits for it; where nothing is answered, nobody does.
    request.recording.catch(() => undefined);
  }

  /** As it is where they may. */
  private async passes(id: string, asked: Asking): Promise<RegisteredProcedure | null> {
    const known = await this.desk.find(id);
    if (known && this.mayPass(known.state, asked)) return known.state;
    // Another process may have written what lets it be seen; what was seen once stays so.
    const newest = await this.desk.findNewest(id);
    const isPassed = newest !== null && (this.mayPass(newest.state, asked) || (await this.isAsked(id, newest.state, asked.person)));
    return isPassed ? newest.state : null;
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
    return isReading(method) ? mayOpen(sight, state) : mayAddress(sight, state);
  }
}
