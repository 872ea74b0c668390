import type { ReactNode } from 'react';
import classes from './table.module.css';

interface Props {
  /** What is in it, for whoever does not see it. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Holds what may be wider than the screen; it can be focused, so that arrow keys move it. */
export function Wide({ label, children }: Props): ReactNode {
  return (
    <div className={classes.wide} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
