import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { finalize } from 'rxjs';
import type { Observable } from 'rxjs';
import { SharedPlaces } from '../http/shared-places.js';

/** Reads that may wait for a view: half of what a process has under way at most, and a quarter of these for one person, and another for all their programs. */
@Injectable()
export class WaitingReads implements NestInterceptor {
  private readonly places = new SharedPlaces({
    ...{ most: 1_000, mostOfOne: 250, mostOfPrograms: 250 },
    ...{ of: 'reads with minPosition are under way', retryAfterSeconds: 1 },
  });

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query, person } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Readonly<Record<string, unknown>> }>>();
    if (query['minPosition'] === undefined || !person) return next.handle();
    return next.handle().pipe(finalize(this.places.take(person)));
  }
}
