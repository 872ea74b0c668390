import type { AuthorityPolicy, LifecycleDefinition } from './lifecycle.js';
import standard from './definitions/authority-standard.json' with { type: 'json' };
import internal from './definitions/internal.json' with { type: 'json' };
import internal2 from './definitions/internal-2.json' with { type: 'json' };
import publicLifecycle from './definitions/public.json' with { type: 'json' };
import publicLifecycle2 from './definitions/public-2.json' with { type: 'json' };
import quality from './definitions/quality.json' with { type: 'json' };

/**
 * Every version of the lifecycles that the product ever came with, oldest first; procedures that keep an old one go on with it. The JSON
 * files are the source; a spec checks their shape. Version 2 takes an option back also once it was checked or approved.
 */
export const shippedLifecycles = [internal, publicLifecycle, quality, internal2, publicLifecycle2] as readonly LifecycleDefinition[];

/** The lifecycles that new procedures of an installation start with, as the rules on publication and simplification have them. */
export const lifecycleDefinitions = [internal2, publicLifecycle2, quality] as readonly LifecycleDefinition[];

/** The authority policies that an installation starts with: who proposes, publishes, checks and approves, by group. */
export const authorityPolicies = [standard] as readonly AuthorityPolicy[];
