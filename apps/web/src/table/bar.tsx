import type { ReactNode } from 'react';
import classes from './table.module.css';

/** A figure as long as it is large; what it is stands in words beside it. @param part Of the whole width, 0 to 1 */
export function Bar({ part }: { readonly part: number }): ReactNode {
  return (
    <svg className={classes.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width={100 * Math.min(1, Math.max(0, part))} height="10" />
    </svg>
  );
}
