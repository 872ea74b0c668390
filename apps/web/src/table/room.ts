import { useEffect, useState, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';

const leastPx = 320;
const marginPx = 24;

/** How much of the window lies below where an element begins. @returns px, at least so much that something can be read */
export function useRoomBelow(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(leastPx);
  useEffect(() => {
    const measure = (): void => {
      const top = (element.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
      setHeight(Math.max(leastPx, Math.floor(window.innerHeight - top - marginPx)));
    };
    measure();
    // What stands above may come to need another line.
    const above = new ResizeObserver(measure);
    for (const sibling of element.current?.parentElement?.children ?? []) if (sibling !== element.current) above.observe(sibling);
    window.addEventListener('resize', measure);
    return () => {
      above.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [element]);
  return height;
}

const narrow = window.matchMedia('(max-width: 48em)');

function watchNarrow(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

/** Whether rows become cards. */
export const useIsNarrow = (): boolean => useSyncExternalStore(watchNarrow, () => narrow.matches);
