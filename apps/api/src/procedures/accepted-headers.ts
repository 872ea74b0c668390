import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Accepted } from '#event-store';

/** Puts what every accepted command says into the headers too. */
@Injectable()
export class AcceptedHeaders implements NestInterceptor<Accepted, Accepted> {
  intercept(context: ExecutionContext, next: CallHandler<Accepted>): Observable<Accepted> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap(({ id, revision }) => {
        reply.header('etag', `"${String(revision)}"`).header('location', `/api/v1/procedures/${id}`);
      }),
    );
  }
}
