import { Stack } from '@mantine/core';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { LongField, ValuesOfForm } from '../../form/fields';
import { FilesField } from '../../form/file-field';
import { useWords } from '../../words/words';
import type { Procedure } from '../procedure-queries';

/** What may be said beside an action, with files. */
export function Besides({ procedure }: { readonly procedure: Procedure }): ReactNode {
  const { say } = useWords();
  const values = useContext(ValuesOfForm);
  const [isFilled] = useState(Object.keys(values).some((name) => name === 'comment' || name.startsWith('attachments.')));
  if (!procedure.otherActions.some(({ action }) => action === 'comment')) return null;
  return (
    <details open={isFilled}>
      <summary>{say('actions.besides')}</summary>
      <Stack mt="xs">
        <LongField name="comment" label={say('field.comment')} lines={2} optional />
        <FilesField name="attachments" label={say('field.attachment')} />
      </Stack>
    </details>
  );
}
