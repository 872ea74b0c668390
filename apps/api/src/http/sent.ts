import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { ApiHeaderOptions } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Directory, InSession, Person } from '#identity';
import { inKeyOrder } from '#workflow';
import type { ActingFor, Sent } from '#workflow';
import { Problem } from './problem.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => uuid.test(text);

const idempotencyKey: ApiHeaderOptions = {
  ...{ name: 'Idempotency-Key', required: false, description: 'An accepted command sent again under its key gets its first answer.' },
  schema: { type: 'string', format: 'uuid' },
};
const ifMatch: ApiHeaderOptions = {
  ...{ name: 'If-Match', required: false, description: 'The revision that the sender saw, in quotes, with `W/` before it or without.' },
  schema: { type: 'string', examples: ['"3"'] },
};

/** Reads headers, and has them stand in the description of the call that reads them. */
const reading =
  (decorate: ParameterDecorator, ...headers: readonly ApiHeaderOptions[]): ParameterDecorator =>
  (target, name, index) => {
    const method = name === undefined ? undefined : Object.getOwnPropertyDescriptor(target, name);
    if (name !== undefined && method) for (const header of headers) ApiHeader(header)(target, name, method);
    decorate(target, name, index);
  };

/**
 * How a command was sent: by whom, under which key, on which revision. The log keeps a hash of the body, which whoever has the log can try
 * guesses against; so it leaves out the fields named here, which hold personal data or a password. (Default: none)
 * @throws Problem for a header that cannot be read
 */
export const HowSent = (personal?: readonly string[]): ParameterDecorator => reading(howSent(personal), idempotencyKey, ifMatch);
const howSent = createParamDecorator((personal: readonly string[] | undefined, context: ExecutionContext): Sent => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return {
    by: { ...signedIn(request), ...(request.actingFor && { actingFor: request.actingFor }) },
    idempotencyKey: keyOf(request),
    ifMatch: revisionOf(request),
    requestHash: requestHash(request, personal),
    ...(personal && { formerHash: requestHash(request) }),
    correlationId: request.correlationId,
  };
});

/** Who is signed in. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): Person =>
  signedIn(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Who asks, and for whom they act. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext): Asker => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { ...signedIn(request), ...(request.actingFor && { actingFor: request.actingFor }) };
});

export type Asker = Person & { readonly actingFor?: ActingFor };

/** The caller as whom they say; else for themselves, first, and for each person whom they may act for today. */
export function askersFor(by: Asker, directory: Pick<Directory, 'mayActFor'>): readonly [Asker, ...Asker[]] {
  if (by.actingFor) return [by];
  return [by, ...directory.mayActFor(by.id).map((actingFor) => ({ ...by, actingFor }))];
}

/** Who is signed in, and in which session. @throws Problem where there is none, as with a key or a token of the issuer */
export const CallingInSession = createParamDecorator((_: unknown, context: ExecutionContext): InSession => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!caller) throw new Problem('not-signed-in');
  const { person, session } = caller;
  if (session === null) throw new Problem('not-authorised', { detail: 'This is for sessions, and there is none here.' });
  return { person, session };
});

function signedIn({ person }: FastifyRequest): Person {
  if (!person) throw new Problem('not-signed-in');
  return person;
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !isUuid(key)) throw wrongHeader('Idempotency-Key', 'must be a UUID');
  return key.toLowerCase();
}

function revisionOf({ headers }: FastifyRequest): number | undefined {
  const match = headers['if-match'];
  // Any revision will do.
  if (match === undefined || match === '*') return undefined;
  // A proxy that compresses an answer makes its tag a weak one; the revision is the same.
  const revision = /^(?:W\/)?"(\d{1,9})"$/.exec(match)?.[1];
  if (revision === undefined) throw wrongHeader('If-Match', 'must be one revision in quotes, such as "3"');
  return Number(revision);
}

/** The same request has the same hash however its body was laid out, and its path spelled. A file is not read for it; it has a hash of its own. */
export function requestHash(
  { method, url, body: sent, actingFor }: Pick<FastifyRequest, 'method' | 'url' | 'body' | 'actingFor'>,
  without: readonly string[] = [],
): string {
  const [spelled = ''] = url.split('?', 1);
  // No route holds a percent sign, so what does not decode was never a command's path.
  const path = /%[0-9a-f]{2}/i.test(spelled) ? decodeURIComponent(spelled) : spelled;
  const whole = sent instanceof Readable ? {} : sent;
  const body =
    without.length > 0 && typeof whole === 'object' && whole !== null
      ? Object.fromEntries(Object.entries(whole).filter(([field]) => !without.includes(field)))
      : whole;
  return createHash('sha256')
    .update(`${method} ${path.toLowerCase()}\n${JSON.stringify(inKeyOrder(body ?? {}))}${actingFor ? `\n${actingFor.id}` : ''}`)
    .digest('hex');
}

/** A header that cannot be read, or is not taken; the message completes a sentence that begins with its name. */
export function wrongHeader(path: string, message: string): Problem {
  return new Problem('invalid-body', { detail: `The header ${path} ${message}.`, errors: [{ path, message }] });
}
