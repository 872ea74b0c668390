import { Checkbox, Stack } from '@mantine/core';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { ValuesOfForm } from '../../form/fields';

interface Props {
  readonly label: string;
  /** What the paths of the fields begin with: what is begun with some is open. */
  readonly name: string;
  /** Whether the lifecycle asks for them here. */
  readonly isNeeded?: boolean;
  readonly children: ReactNode;
}

/** Fields that are filled in together, or not at all. */
export function OptionalFields({ label, name, isNeeded = false, children }: Props): ReactNode {
  const values = useContext(ValuesOfForm);
  const [isOpen, open] = useState(Object.keys(values).some((one) => one.startsWith(name)));
  if (isNeeded) return children;
  return (
    <Stack>
      <Checkbox label={label} checked={isOpen} onChange={({ currentTarget: { checked } }) => open(checked)} />
      {isOpen && children}
    </Stack>
  );
}
