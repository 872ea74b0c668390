import type { Authority } from './decider.js';
import type { EventMetadata } from './event-store.js';

/** Names the role by which it was decided. (Default: the one that is named there) */
export function authorised(metadata: EventMetadata, authority: Authority | null | undefined): EventMetadata {
  if (!authority) return metadata;
  const { role, unit } = authority;
  return { ...metadata, actor: { ...metadata.actor, role, unit } };
}
