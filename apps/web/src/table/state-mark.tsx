import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './table.module.css';

/** How much a state asks for somebody. */
export type Weight = 'plain' | 'soon' | 'late';

/** Each also by its shape, for whoever does not see the colour. */
const looks = {
  plain: { color: 'gray', shape: '○' },
  soon: { color: 'orange', shape: '◐' },
  late: { color: 'red', shape: '●' },
} as const satisfies Record<Weight, object>;

/** A state in a few words. */
export function StateMark({ weight, children }: { readonly weight: Weight; readonly children: ReactNode }): ReactNode {
  const { color, shape } = looks[weight];
  return (
    <Badge
      variant="light"
      color={color}
      tt="none"
      fw={500}
      h="auto"
      className={classes.mark ?? ''}
      leftSection={<span aria-hidden="true">{shape}</span>}
    >
      {children}
    </Badge>
  );
}
