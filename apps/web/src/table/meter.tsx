import type { ReactNode } from 'react';
import classes from './meter.module.css';

interface Props {
  /** Percentages in text. */
  readonly value: string;
  readonly threshold: string;
  readonly reached: boolean;
}

/** How far something is, as a bar with the threshold marked in it. The words beside it say the same. */
export function Meter({ value, threshold, reached }: Props): ReactNode {
  const at = Math.min(100, Math.max(0, Number(value)));
  return (
    <svg className={classes.meter} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" data-reached={reached || undefined}>
      <rect className={classes.whole ?? ''} width="100" height="10" />
      <rect className={classes.part ?? ''} width={at} height="10" />
      <line className={classes.mark ?? ''} x1={Number(threshold)} x2={Number(threshold)} y1="0" y2="10" />
    </svg>
  );
}
