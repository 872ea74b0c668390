import type { ReactNode } from 'react';
import classes from './line.module.css';

interface Props {
  /** Whether more of them fit beside each other. (Default: false) */
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** Short fields beside each other, as many as there is room for. */
export function Line({ narrow = false, children }: Props): ReactNode {
  return (
    <div className={classes.line} data-narrow={narrow || undefined}>
      {children}
    </div>
  );
}
