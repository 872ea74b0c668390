import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { columnNames } from './register-search';
import type { ColumnName } from './register-search';

export const columnWords = {
  code: 'procedure.code',
  kind: 'procedure.kind',
  owningUnit: 'procedure.owningUnit',
  field: 'procedure.field',
  classification: 'procedure.classification',
  registeredAt: 'register.registeredAt',
  stageSince: 'procedure.stageSince',
  stage: 'procedure.stage',
} as const satisfies Record<ColumnName, Word>;

interface Props {
  readonly columns: readonly ColumnName[];
  readonly change: (columns: readonly ColumnName[]) => void;
}

/** Which columns stand beside the title. */
export function ColumnsMenu({ columns, change }: Props): ReactNode {
  const { say } = useWords();
  return (
    <Popover position="bottom-start" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button variant="default">{say('register.columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('register.columns')}>
        <Checkbox.Group
          aria-label={say('register.columns')}
          value={[...columns]}
          onChange={(chosen) => change(columnNames.filter((name) => chosen.includes(name)))}
        >
          <Stack gap="xs">
            {columnNames.map((name) => (
              <Checkbox key={name} value={name} label={say(columnWords[name])} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
