import type { ReactNode } from 'react';
import classes from './key-values.module.css';

interface Props {
  /** In order; what is empty is left out. */
  readonly entries: readonly (readonly [key: string, value: ReactNode])[];
}

/** Facts as key and value. */
export function KeyValues({ entries }: Props): ReactNode {
  const filled = entries.filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return (
    <dl className={classes.list}>
      {filled.map(([key, value]) => (
        <div key={key} className={classes.entry}>
          <dt>{key}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
