import { SetMetadata } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '#event-store';
import type { AccessType, Person } from '#identity';

declare module 'fastify' {
  interface FastifyRequest {
    /** Puts on record what the request reads: nothing of it is answered before that is done. Null where it need not be. */
    recording: Promise<void> | null;
  }
}

/** To be added before the routes. */
export function addRecording(fastify: FastifyInstance): void {
  fastify.decorateRequest('recording', null);
}

/** As what a call is put on record, once its answer is ready to go. */
export interface Recorded {
  readonly type: AccessType;
  /** What goes out: a name that is no one's, such as that of a report. */
  readonly subject: string | ((request: FastifyRequest) => string);
  /** Whether this call takes something away. (Default: each does) */
  readonly when?: (request: FastifyRequest) => boolean;
}

export const recorded = 'records-access';

/** Puts the call on record before its answer goes out; where it cannot be, nothing goes out (503). */
export const Records = (what: Recorded): MethodDecorator => SetMetadata(recorded, what);

/** Whoever reads, in the first of their roles: nobody reads by one of them. */
export const readerOf = ({ id, version, commitment, unit, roles }: Person): Actor => ({
  ...{ id, version, commitment, unit },
  role: roles[0]?.role ?? 'none',
});
