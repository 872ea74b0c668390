import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField, WholeField } from '../../form/fields';
import { useWords } from '../../words/words';
import { ReasonFields } from './reason-fields';

/** Which value of which record was mistyped, and how it should read. */
export function CorrectFields(): ReactNode {
  const { say } = useWords();
  const [path, setPath] = useState('');
  return (
    <>
      <WholeField name="revision" label={say('field.revision')} help={say('field.revisionHelp')} />
      <TextInput
        label={say('field.path')}
        description={say('field.pathHelp')}
        value={path}
        onChange={({ currentTarget }) => setPath(currentTarget.value.trim())}
      />
      {path !== '' && <TextField key={path} name={`changes.${path}`} label={say('field.value')} />}
      <ReasonFields />
    </>
  );
}
