import { randomUUID } from 'node:crypto';
import { Catch, HttpException, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidBody, KeyReused, Rejected, RevisionConflict, StreamNotFound, TooLarge, Unavailable } from '#event-store';
import { FileDamaged, FileQuotaExceeded, FileRefused } from '#files';
import { IssuerUnavailable, SignInThrottled, TooBusy, UnknownPerson, UsernameTaken } from '#identity';
import { TooManyRuns } from '#bulk';
import { OtherImport, TooManyImports } from '#imports';
import { TooManyWebhooks } from '#notifications';
import { isDatabaseOutage } from '#platform';
import type { Logger } from '#platform';
import { InvalidCursor, UnknownProcessor } from '#processors';
import { InvalidDefinition } from '#workflow';
import { Problem, problems, toDocument } from './problem.js';
import type { ProblemCode } from './problem.js';

/** What was said of an answer before it turned into a problem. */
const ofTheAnswer = ['etag', 'last-modified', 'location', 'content-disposition', 'content-encoding', 'content-length', 'content-type'];

/** Turns every error into a problem document. What nobody expected is logged under an id, and only the id is shown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  /** @param methodsAt Which methods a path takes. */
  constructor(
    private readonly logger: Logger,
    private readonly methodsAt: (path: string) => readonly string[],
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent || reply.raw.headersSent) return;
    if (error instanceof FileDamaged)
      this.logger.error({ err: error, hash: error.hash, correlationId: request.correlationId }, 'A stored file is damaged.');
    const problem = error instanceof NotFoundException ? this.unrouted(request) : (problemOf(error) ?? this.unexpected(error, request));
    request.problemCode = problem.code;
    for (const name of ofTheAnswer) reply.removeHeader(name);
    void reply
      .status(problem.status)
      .headers({ 'cache-control': 'no-store', ...problem.details.headers })
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(toDocument(problem, request.headers['accept-language'])));
  }

  /** Nest says that nothing is there when only the method is wrong, too. */
  private unrouted({ url, method }: FastifyRequest): Problem {
    const [path = ''] = url.split('?', 1);
    const methods = this.methodsAt(path);
    // Where the method is right, a piece of the path is longer than any id.
    return methods.length === 0 || methods.includes(method)
      ? new Problem('not-found')
      : new Problem('method-not-allowed', { headers: { allow: methods.join(', ') } });
  }

  private unexpected(error: unknown, { correlationId, person, routeOptions }: FastifyRequest): Problem {
    const id = randomUUID();
    this.logger.error({ err: error, id, correlationId, actorId: person?.id, route: routeOptions.url }, 'A request failed unexpectedly.');
    return new Problem('internal-error', { detail: `Something went wrong on the server; the log has it under ${id}.` });
  }
}

/** What a known error means to the caller; null for one that nobody expected. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof Rejected) return refusal(error);
  if (error instanceof InvalidDefinition)
    return new Problem('definition-invalid', {
      detail: error.message,
      unmet: error.findings.map(({ code, path, message }) => ({ code, path, message: message.en, vi: message.vi })),
    });
  if (error instanceof InvalidBody) return new Problem('invalid-body', { detail: error.message, errors: error.errors });
  if (error instanceof InvalidCursor)
    return new Problem('invalid-query', { detail: error.message, errors: [{ path: 'cursor', message: error.message }] });
  if (error instanceof FileRefused) return new Problem(error.code, { detail: error.message });
  if (error instanceof FileQuotaExceeded) return new Problem('file-quota-exceeded', { detail: error.message });
  if (error instanceof FileDamaged) return new Problem('file-damaged', { detail: error.message });
  if (error instanceof TooManyWebhooks) return new Problem('too-many-webhooks', { detail: error.message });
  if (error instanceof KeyReused || error instanceof OtherImport) return new Problem('key-reused');
  if (error instanceof TooManyImports || error instanceof TooManyRuns)
    return new Problem('too-many-requests', { detail: error.message, headers: { 'retry-after': '5' } });
  if (error instanceof RevisionConflict) {
    const actual = error.actual === null ? 'it does not exist yet' : `it is at ${String(error.actual)}`;
    return new Problem('revision-conflict', { detail: `It is not at revision ${String(error.expected)}: ${actual}.` });
  }
  if (error instanceof StreamNotFound || error instanceof UnknownProcessor) return new Problem('not-found');
  if (error instanceof UsernameTaken) return new Problem('username-taken', { detail: error.message });
  if (error instanceof TooLarge) return new Problem('body-too-large');
  if (error instanceof SignInThrottled || error instanceof TooBusy)
    return new Problem('too-many-requests', {
      detail: error.message,
      headers: { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) },
    });
  if (error instanceof UnknownPerson) return new Problem('unknown-person', { detail: error.message });
  if (error instanceof IssuerUnavailable) return new Problem('unavailable', { detail: error.message, headers: { 'retry-after': '5' } });
  if (error instanceof Unavailable || isDatabaseOutage(error)) return new Problem('unavailable', { headers: { 'retry-after': '1' } });
  return error instanceof HttpException ? ofStatus(error.getStatus()) : ofStatus(statusOf(error));
}

/** Null for a code that is not among the problems: it is logged, and never shown as another. */
function refusal({ unmet }: Rejected): Problem | null {
  const [{ code }] = unmet;
  const forbidden = unmet.some((one) => one.code === 'not-authorised');
  if (!Object.hasOwn(problems, code)) return null;
  return new Problem(code as ProblemCode, { detail: unmet.map(({ message }) => message).join(' '), unmet }, forbidden ? 403 : 409);
}

/** Errors of Nest and Fastify carry a status. */
function ofStatus(status: number | undefined): Problem | null {
  if (status === undefined || status >= 500) return status === 503 ? new Problem('unavailable') : null;
  const code = Object.entries(problems).find(([, entry]) => entry.status === status)?.[0] as ProblemCode | undefined;
  return new Problem(code ?? 'invalid-body', {}, status);
}

function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}
