import { Checkbox } from '@mantine/core';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { FaultsOfForm, ValuesOfForm } from './field';

interface Props {
  /** Its place in the list that the boxes fill, counted over all of them: what is wrong with it stands at its box then. */
  readonly name: string;
  /** What stands in the list when it is ticked. */
  readonly value: string;
  readonly label: string;
}

/** One of several that may be chosen. */
export function PickField({ name, value, label }: Props): ReactNode {
  const error = useContext(FaultsOfForm)[name] ?? null;
  const values = useContext(ValuesOfForm);
  const [begun] = useState(values[name] === value);
  return <Checkbox id={`field-${name}`} name={name} value={value} label={label} defaultChecked={begun} error={error} data-kind="text" />;
}
