import type { AuthorityPolicy, LifecycleDefinition } from './lifecycle.js';
import standard from './definitions/authority-standard.json' with { type: 'json' };
import internal from './definitions/internal.json' with { type: 'json' };
import publicLifecycle from './definitions/public.json' with { type: 'json' };
import quality from './definitions/quality.json' with { type: 'json' };

/** The lifecycles that an installation starts with, as the rules on publication and simplification have them. The JSON files are the source; a spec checks their shape. */
export const lifecycleDefinitions = [internal, publicLifecycle, quality] as readonly LifecycleDefinition[];

/** The authority policies that an installation starts with: who proposes, publishes, checks and approves, by group. */
export const authorityPolicies = [standard] as readonly AuthorityPolicy[];
