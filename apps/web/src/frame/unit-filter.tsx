import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { useChosenUnit } from './chosen-unit';
import { useUnits } from './units';

interface Props {
  /** Unit id. (Default: all units) */
  readonly unit: string | undefined;
  /** @param unit Unit id; empty for all */
  readonly choose: (unit: string) => void;
}

/** Narrows a page down to a unit and those below it; the person's own stand first. */
export function UnitFilter({ unit = '', choose }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const { own } = useChosenUnit();
  const choices = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.map(({ id, name }) => {
      const known = units.all.find((one) => one.id === id);
      return {
        value: id,
        label: known?.closed === true ? `${name} (${say(known.mergedInto === null ? 'units.isClosed' : 'units.isMerged')})` : name,
      };
    });
  const others = units.all.filter(({ id }) => !own.some((one) => one.id === id));
  return (
    <NativeSelect
      label={say('procedure.owningUnit')}
      value={unit}
      onChange={({ currentTarget: { value } }) => choose(value)}
      data={[
        { value: '', label: say('register.any') },
        ...(own.length > 0 ? [{ group: say('unit.own'), items: choices(own) }] : []),
        { group: say('unit.others'), items: choices(others) },
      ]}
    />
  );
}
