import { Fieldset, Text } from '@mantine/core';
import { useContext } from 'react';
import type { ReactNode } from 'react';
import { FaultsOfForm } from './field';

interface Props {
  /** The path of the list that the boxes fill. */
  readonly name: string;
  readonly legend: string;
  readonly children: ReactNode;
}

/** Boxes of which some are ticked; what is found wrong with the list as a whole stands below them. */
export function FlagsField({ name, legend, children }: Props): ReactNode {
  const fault = useContext(FaultsOfForm)[name];
  const described = `field-${name}-fault`;
  return (
    <Fieldset
      legend={legend}
      id={`field-${name}`}
      name={name}
      tabIndex={-1}
      {...(fault !== undefined && { 'aria-describedby': described })}
    >
      {children}
      {fault !== undefined && (
        <Text size="sm" c="error" mt="xs" id={described}>
          {fault}
        </Text>
      )}
    </Fieldset>
  );
}
