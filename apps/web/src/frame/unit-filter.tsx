import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { useUnits } from './units';

interface Props {
  /** Unit id. (Default: all units) */
  readonly unit: string | undefined;
  /** @param unit Unit id; empty for all */
  readonly choose: (unit: string) => void;
}

/** Narrows a page down to a unit and those below it. */
export function UnitFilter({ unit = '', choose }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  return (
    <NativeSelect
      label={say('procedure.owningUnit')}
      value={unit}
      onChange={({ currentTarget: { value } }) => choose(value)}
      data={[{ value: '', label: say('register.any') }, ...units.all.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
}
