import { Button, Text } from '@mantine/core';
import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { useSession } from '../api/session';
import { roleWords } from '../words/codes';
import { useWords } from '../words/words';
import { useActing } from './account';
import { useChosenUnit } from './chosen-unit';
import type { Command } from './commands';
import classes from './frame.module.css';
import { useUnits } from './units';

/** Fetched when it is first opened. */
const WhoMenu = lazy(() => import('./who-menu').then((one) => ({ default: one.WhoMenu })));

/** Who is signed in, for whom and for which unit they work; opens what changes that. */
export function Who({ commands }: { readonly commands: readonly Command[] }): ReactNode {
  const { say } = useWords();
  const [isBegun, begin] = useState(false);
  const session = useSession();
  const units = useUnits();
  const acting = useActing();
  const { unit: chosen, own } = useChosenUnit();
  if (session.state !== 'in') return null;
  const { name, roles, unit } = session.person;
  const one = acting?.other?.roles[0];
  const what =
    acting === null
      ? `${roles.map((role) => say(roleWords[role])).join(', ')} · ${own.find(({ id }) => id === chosen)?.name ?? units.nameOf(unit)}`
      : `${say('actingFor.for', { name: acting.other?.name ?? '' })}${one === undefined ? '' : ` · ${one.unit.name}`}`;
  const button = (
    <Button
      variant="subtle"
      color="gray"
      c="inherit"
      className={classes.who ?? ''}
      aria-label={`${name}, ${what}. ${say('frame.who')}`}
      aria-haspopup="menu"
      onClick={() => begin(true)}
      {...(acting !== null && { 'data-acting': acting.id })}
    >
      <span className={classes.person}>
        <Text component="span" size="sm" fw={600} truncate>
          {name}
        </Text>
        <Text component="span" size="xs" c={acting === null ? 'dimmed' : 'inherit'} truncate>
          {what}
        </Text>
      </span>
      <span aria-hidden="true">▾</span>
    </Button>
  );
  if (!isBegun) return button;
  return (
    <Suspense fallback={button}>
      <WhoMenu target={button} commands={commands} />
    </Suspense>
  );
}
