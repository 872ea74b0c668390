import { Button, Fieldset, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';

interface Props {
  readonly legend: string;
  /** The fields of a row. @param index Counts from 0 */
  readonly row: (index: number) => ReactNode;
  /** (Default: 50) */
  readonly most?: number;
}

/** A list of alike fields, one row at first; the last row can be taken away again. */
export function RowsOfFields({ legend, row, most = 50 }: Props): ReactNode {
  const { say } = useWords();
  const [number, setNumber] = useState(1);
  return (
    <Fieldset legend={legend}>
      <Stack>
        {Array.from({ length: number }, (_, index) => (
          <div key={index}>{row(index)}</div>
        ))}
        <Group>
          <Button variant="default" size="compact-sm" disabled={number >= most} onClick={() => setNumber(number + 1)}>
            {say('form.addRow')}
          </Button>
          {number > 1 && (
            <Button variant="default" size="compact-sm" onClick={() => setNumber(number - 1)}>
              {say('form.dropRow')}
            </Button>
          )}
        </Group>
      </Stack>
    </Fieldset>
  );
}
