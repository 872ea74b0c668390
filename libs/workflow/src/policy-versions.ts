import type { Decider } from '#event-store';
import { sameRules } from './lifecycle-document.js';
import type { WrittenPolicy } from './lifecycle-document.js';
import type { AuthorityPolicy } from './lifecycle.js';

/** What the log holds in `authority-<id>`. */
export type AuthorityEvent = { readonly type: 'AuthorityPublished'; readonly data: { readonly policy: AuthorityPolicy } };

/** The published versions of one authority policy, oldest first. A policy that says nothing new gets no new version. */
export const policyVersions: Decider<WrittenPolicy, readonly AuthorityPolicy[], AuthorityEvent> = {
  initial: [],
  decide: (written, versions) => {
    if (publishedAs(written, versions)) return [];
    const version = 1 + Math.max(0, ...versions.map((one) => one.version));
    const { id, classes, rules } = written;
    return [{ type: 'AuthorityPublished', data: { policy: { id, version, classes, rules } } }];
  },
  evolve: (versions, event) => {
    const type: string = event.type;
    return type === 'AuthorityPublished' ? [...versions, event.data.policy] : versions;
  },
};

/** The newest version that says the same. */
export function publishedAs(written: WrittenPolicy, versions: readonly AuthorityPolicy[]): AuthorityPolicy | undefined {
  return versions.findLast((version) => sameRules(version, written));
}
