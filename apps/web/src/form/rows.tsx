import { Button, Fieldset, Group, Stack } from '@mantine/core';
import { useContext, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useWords } from '../words/words';
import { ValuesOfForm } from './fields';
import { rowsIn } from './values';

interface Props {
  readonly legend: string;
  /** The path of the list: what the form begins with may need more rows than one. */
  readonly list?: string;
  /** The fields of a row. @param index Counts from 0 */
  readonly row: (index: number) => ReactNode;
  /** (Default: 50) */
  readonly most?: number;
}

/** A list of alike fields, one row at first; the last row can be taken away again. */
export function RowsOfFields({ legend, list, row, most = 50 }: Props): ReactNode {
  const { say } = useWords();
  const begun = useContext(ValuesOfForm);
  const [number, setNumber] = useState(list === undefined ? 1 : Math.min(rowsIn(begun, list), most));
  const rows = useRef<HTMLFieldSetElement>(null);
  const become = (next: number): void => {
    flushSync(() => setNumber(next));
    // What went with its row is no longer typed: whoever keeps what is typed has to know.
    rows.current?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <Fieldset legend={legend} ref={rows}>
      <Stack>
        {Array.from({ length: number }, (_, index) => (
          <div key={index}>{row(index)}</div>
        ))}
        <Group>
          <Button variant="default" size="compact-sm" disabled={number >= most} onClick={() => become(number + 1)}>
            {say('form.addRow')}
          </Button>
          {number > 1 && (
            <Button variant="default" size="compact-sm" onClick={() => become(number - 1)}>
              {say('form.dropRow')}
            </Button>
          )}
        </Group>
      </Stack>
    </Fieldset>
  );
}
