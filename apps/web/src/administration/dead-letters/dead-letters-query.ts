import { api } from '../../api/client';
import type { components } from '../../api/schema';

export type Letter = components['schemas']['DeadLetterAnswer'];

const everyMs = 10_000;

/** Events that a view could not take; asked for again while they are looked at, since nothing tells of them. */
export const deadLettersQuery = () => ({ ...api.queryOptions('get', '/api/v1/dead-letters'), refetchInterval: everyMs });
