import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { HTTP_CODE_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { isPosition } from '../reading/reading.dto.js';
import { Problem } from './problem.js';

/**
 * Refuses every query parameter where a call takes none; where it takes some, their class refuses the others. `minPosition` goes with every
 * read: one that takes none does not wait for a view. What is not built says so whatever it is asked.
 */
@Injectable()
export class StrayQuery implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query, url, method } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Record<string, unknown> }>>();
    const errors = Object.entries(query)
      .filter(([name, value]) => method !== 'GET' || name !== 'minPosition' || !isPosition(value))
      .map(([path]) => ({ path, message: 'is not a field here' }));
    if (errors.length > 0 && url.startsWith('/api/') && !takesQuery(context)) throw new Problem('invalid-query', { errors });
    return next.handle();
  }
}

function takesQuery(context: ExecutionContext): boolean {
  if (Reflect.getMetadata(HTTP_CODE_METADATA, context.getHandler()) === 501) return true;
  const taken = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as object | undefined;
  return Object.keys(taken ?? {}).some((key) => key.startsWith(`${String(RouteParamtypes.QUERY)}:`));
}
