import { api } from '../../api/client';
import type { components } from '../../api/schema';

export type Processor = components['schemas']['ProcessorAnswer'];

const everyMs = 3_000;

/** Everything that follows the log; asked for again while it is looked at, since nothing tells of it. */
export const processorsQuery = () => ({ ...api.queryOptions('get', '/api/v1/processors'), refetchInterval: everyMs });
