import { isDatabaseOutage, messageOf } from '#platform';
import type { Database, Logger } from '#platform';

/** What an operator may want to know of a processor: its lease, its rebuilds, and what it could not apply. */
export type Notice =
  | { readonly what: 'lease-taken'; readonly processor: string; readonly token: string; readonly takenOverFrom: string | null }
  | { readonly what: 'lease-lost' | 'lease-given-up'; readonly processor: string; readonly token: string }
  | { readonly what: 'rebuild-began'; readonly processor: string }
  /** `heldBy` are process ids of the database, as in `pg_stat_activity`. */
  | { readonly what: 'rebuild-waits'; readonly processor: string; readonly heldBy: readonly number[] }
  | {
      readonly what: 'rebuild-ended';
      readonly processor: string;
      readonly outcome: 'done' | 'cancelled' | 'stopped' | 'failed';
      readonly version: number;
      readonly ms: number;
    }
  | { readonly what: 'dead-letter'; readonly processor: string; readonly stream: string; readonly position: string };

const sentences = {
  'lease-taken': 'Took the lease of a processor.',
  'lease-lost': 'Lost the lease of a processor.',
  'lease-given-up': 'Gave up the lease of a processor.',
  'rebuild-began': 'A rebuild began.',
  'rebuild-waits': 'A rebuild waits until nobody reads the tables that it replaces.',
  'rebuild-ended': 'A rebuild ended.',
  'dead-letter': 'An event could not be applied and was put aside.',
} as const satisfies Record<Notice['what'], string>;

/** Has the log told what becomes of processors; never what is in an event. */
export function logProcessors(
  logger: Logger,
  { embedded }: Pick<Database, 'embedded'>,
): { readonly onError: (processor: string, error: unknown) => void; readonly onNotice: (notice: Notice) => void } {
  return {
    // That the database is away is no fault of the program: a sentence says it, without a stack.
    onError: (processor, error) =>
      logger.warn(
        { processor, ...(isDatabaseOutage(error) ? { reason: messageOf(error) } : { err: error }) },
        'A processor failed and tries again.',
      ),
    onNotice: ({ what, ...fields }) => {
      if (what === 'dead-letter' || what === 'rebuild-waits') logger.warn(fields, sentences[what]);
      // The embedded database belongs to one process, which has every lease as long as it lives.
      else logger[embedded ? 'debug' : 'info'](fields, sentences[what]);
    },
  };
}
