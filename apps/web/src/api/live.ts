import type { Query } from '@tanstack/react-query';
import { queries, readAnew } from './client';
import { freshness } from './freshness';
import { isTouched } from './invalidation';
import type { Happened } from './invalidation';
import { sessions } from './session';
import { stream } from './stream';

/** What comes together is read together: from the first event on, and from one reading to the next. */
const gatherMs = 400;
const apartMs = 2_500;
/** A longer list is not read again as a whole for what others do; it is when it is asked for next. */
const mostPages = 3;

/** Has what is on the screen read anew when others change it, a burst of changes once, and while nobody looks not at all. */
export function startLive(): void {
  let happened: Happened[] = [];
  let isAnew = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = -Infinity;

  const read = (): void => {
    timer = undefined;
    // It is made up for when the page is looked at again.
    if (document.hidden) return;
    lastAt = performance.now();
    const these = happened;
    const isAll = isAnew;
    [happened, isAnew] = [[], false];
    const isMeant = (query: Query): boolean => isAll || isTouched(query.queryKey, these);
    void readAnew((query) => isMeant(query) && isShort(query));
    void queries.invalidateQueries({ predicate: (query) => isMeant(query) && !isShort(query), refetchType: 'none' });
  };
  const soon = (): void => {
    timer ??= setTimeout(read, Math.max(gatherMs, lastAt + apartMs - performance.now()));
  };

  stream.listen((heard) => {
    if (heard.kind === 'change') {
      const { procedure, type, position } = heard.change;
      freshness.reach(position);
      happened.push({ types: [type], procedure });
      soon();
    } else if (heard.kind === 'anew') {
      freshness.forget();
      isAnew = true;
      soon();
    }
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && (happened.length > 0 || isAnew)) soon();
  });
  const follow = (): void => stream.follow(sessions.now().state === 'in');
  sessions.subscribe(follow);
  follow();
}

function isShort({ state: { data } }: Query): boolean {
  const { pages } = (data ?? {}) as { readonly pages?: readonly unknown[] };
  return (pages?.length ?? 0) <= mostPages;
}
