import type { Handled } from './handle.js';

/** What every accepted command is answered with. */
export interface Accepted {
  /** Of what it was about, or made. */
  readonly id: string;
  /** Of its stream, 0 for the first event. */
  readonly revision: number;
  /** Of the newest event, decimal. */
  readonly position: string;
  /** Event types; none where all was so already. */
  readonly events: string[];
}

/** @param id Of what the command was about, or made */
export const acceptedAs = (id: string, { revision, position, events }: Omit<Handled<unknown>, 'state' | 'repeated'>): Accepted => ({
  ...{ id, revision },
  position: String(position),
  events: events.map(({ type }) => type),
});
