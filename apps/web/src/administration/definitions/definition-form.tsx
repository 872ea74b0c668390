import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import { DeadlinesForm } from './deadlines-form';
import { WrittenText, WrittenTitle } from './fields';
import { RulesForm } from './rules-form';
import { StagesForm } from './stages-form';
import { TransitionsForm } from './transitions-form';

/** The common parts of a definition; what it leaves out is in the JSON. */
export function DefinitionForm(): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="lg">
      <WrittenTitle path={['title']} legend={say('definitions.name')} />
      <StagesForm />
      <TransitionsForm />
      <RulesForm />
      <DeadlinesForm />
      <WrittenText path={['calendar']} label={say('definitions.calendar')} />
    </Stack>
  );
}
