import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import { ClassesForm } from './classes-form';
import { DeadlinesForm } from './deadlines-form';
import { WrittenText, WrittenTitle } from './fields';
import { PunctualityForm } from './punctuality-form';
import { RulesForm } from './rules-form';
import { StagesForm } from './stages-form';
import { TransitionsForm } from './transitions-form';

/** All of a definition but its names: id and kind are in the JSON alone. */
export function DefinitionForm(): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="lg">
      <WrittenTitle path={['title']} legend={say('definitions.name')} />
      <StagesForm />
      <TransitionsForm />
      <RulesForm />
      <ClassesForm />
      <DeadlinesForm />
      <PunctualityForm />
      <WrittenText path={['calendar']} label={say('definitions.calendar')} />
    </Stack>
  );
}
