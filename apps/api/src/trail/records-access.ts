import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { concatMap } from 'rxjs';
import type { Observable } from 'rxjs';
import { Accesses } from '#identity';
import { readerOf, recorded } from '../http/records.js';
import type { Recorded } from '../http/records.js';

/** Has nothing go out that belongs on record and is not. */
@Injectable()
export class RecordsAccess implements NestInterceptor {
  constructor(
    @Inject(Accesses) private readonly accesses: Accesses,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const what = this.reflector.get<Recorded | undefined>(recorded, context.getHandler());
    if (what === undefined && request.recording === null) return next.handle();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await request.recording;
        // What is known already is not sent again.
        if (what && answer !== undefined && what.when?.(request) !== false) await this.record(what, request);
        return answer;
      }),
    );
  }

  private async record({ type, subject }: Recorded, request: FastifyRequest): Promise<void> {
    const { person, correlationId } = request;
    if (!person) return;
    const named = typeof subject === 'string' ? subject : subject(request);
    await this.accesses.record({ type, by: readerOf(person), subject: named, asked: askedOf(request), correlationId });
  }
}

const plain = /^[\w.:,+-]{1,200}$/;
/** What people type, and how an answer goes out, says nothing of what was taken away. */
const aside: readonly string[] = ['minPosition', 'cursor', 'q', 'title', 'name', 'field', 'separator'];
const mostAsked = 20;

/** The filters that are ids, codes, days and numbers. */
function askedOf({ query }: FastifyRequest): Readonly<Record<string, string>> {
  const asked = Object.entries(query as Readonly<Record<string, unknown>>).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && plain.test(value) && !aside.includes(name) ? [[name, value]] : [],
  );
  return Object.fromEntries(asked.slice(0, mostAsked));
}
