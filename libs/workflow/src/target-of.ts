import type { Instead, Transition } from './lifecycle.js';

/** What says where a transition leads, besides the transition itself. */
interface Leaving {
  readonly stage: string;
  /** The option that is open; null where none is. */
  readonly option: { readonly origin: string; readonly abolishes: boolean } | null;
  /** The check of quality, which the action is, failed. (Default: it did not, or it is another action) */
  readonly failed?: boolean;
}

/** The stage to which a transition leads from there. */
export function targetOf({ to, instead }: Pick<Transition, 'to' | 'instead'>, leaving: Leaving): string {
  const target = instead && isOtherwise(instead.when, leaving) ? instead.to : to;
  if (target === 'same') return leaving.stage;
  return target === 'origin' ? (leaving.option?.origin ?? leaving.stage) : target;
}

/** A case that is missing here does not compile. */
function isOtherwise(when: Instead['when'], { option, failed = false }: Leaving): boolean {
  switch (when) {
    case 'check-failed':
      return failed;
    case 'option-abolishes':
      return option?.abolishes === true;
  }
}
