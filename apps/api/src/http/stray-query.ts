import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Problem } from './problem.js';

/** Refuses every query parameter where a call takes none; where it takes some, their class refuses the others. */
@Injectable()
export class StrayQuery implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query, url } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Record<string, unknown> }>>();
    const errors = Object.keys(query).map((path) => ({ path, message: 'is not a field here' }));
    if (errors.length > 0 && url.startsWith('/api/') && !takesQuery(context)) throw new Problem('invalid-query', { errors });
    return next.handle();
  }
}

function takesQuery(context: ExecutionContext): boolean {
  const taken = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as object | undefined;
  return Object.keys(taken ?? {}).some((key) => key.startsWith(`${String(RouteParamtypes.QUERY)}:`));
}
