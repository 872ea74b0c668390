import { randomUUID } from 'node:crypto';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tracer } from '#platform';
import type { Logger } from '#platform';
import { isUuid } from './sent.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Joins what one request leads to: events, log lines and spans. */
    correlationId: string;
    /** Of the problem document that it was answered with. */
    problemCode: string | null;
    /** Null outside the API proper, such as for health. */
    span: Span | null;
  }
}

const api = '/api/';
const reading = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Leaves one line in the log and one span for each request. Both name routes and ids: no name, no title, no path as it was
 * sent, no query, no body. To be added before anything else that may answer.
 */
export function addTrail(fastify: FastifyInstance, logger: Logger): void {
  fastify.decorateRequest('correlationId', '');
  fastify.decorateRequest('problemCode', null);
  fastify.decorateRequest('span', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    const { headers, method, url } = request;
    const sent = headers['x-correlation-id'];
    request.correlationId = typeof sent === 'string' && isUuid(sent) ? sent.toLowerCase() : randomUUID();
    reply.header('x-correlation-id', request.correlationId);
    if (url.startsWith(api)) {
      const route = routeOf(request);
      const attributes = { 'http.request.method': method, 'http.route': route, 'tinhgon.correlation_id': request.correlationId };
      const caller = propagation.extract(ROOT_CONTEXT, headers);
      request.span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, caller);
    }
    // Also comes when the client went away, which no hook for answers does.
    reply.raw.once('close', () => {
      // The line names the trace only while the span is recorded.
      logAnswer(logger, request, reply);
      endSpan(request, reply);
    });
    done();
  });
  // Not before the body was read: its reading comes from the socket, which knows no span.
  fastify.addHook('preValidation', ({ span }, _reply, done) => {
    if (span) context.with(trace.setSpan(ROOT_CONTEXT, span), done);
    else done();
  });
}

function endSpan({ span, person, problemCode }: FastifyRequest, { raw }: FastifyReply): void {
  if (!span) return;
  if (raw.writableFinished) span.setAttribute('http.response.status_code', raw.statusCode);
  if (person) span.setAttribute('tinhgon.actor_id', person.id);
  if (problemCode !== null) span.setAttribute('tinhgon.problem_code', problemCode);
  if (raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function logAnswer(logger: Logger, request: FastifyRequest, { raw, elapsedTime }: FastifyReply): void {
  const { correlationId, method, person, problemCode, span } = request;
  const level = reading.includes(method) ? 'debug' : 'info';
  if (!logger.isLevelEnabled(level)) return;
  const fields = {
    correlationId,
    ...(person && { actorId: person.id }),
    method,
    route: routeOf(request),
    status: raw.statusCode,
    ms: Math.round(elapsedTime * 10) / 10,
    ...(problemCode !== null && { code: problemCode }),
    ...(span?.isRecording() === true && { traceId: span.spanContext().traceId }),
    ...(!raw.writableFinished && { cutOff: true }),
  };
  logger[level](fields, 'Answered.');
}

/** The pattern of the route; what was sent may hold anything. */
const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? 'none';
