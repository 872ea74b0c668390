import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { ChoiceField, choicesOf } from '../form/choice-field';
import { TextField } from '../form/fields';
import { DateField } from '../form/date-field';
import { ProcedureField } from '../form/procedure-field';
import { UnitField } from '../form/unit-field';
import { useWords } from '../words/words';
import type { Word } from '../words/words';

const scopes = {
  all: 'audit.bundle.all',
  period: 'audit.bundle.period',
  unit: 'audit.bundle.unit',
  programme: 'audit.bundle.programme',
  procedure: 'audit.bundle.procedure',
} as const satisfies Readonly<Record<string, Word>>;

/** What a bundle is to be about. */
export function BundleFields(): ReactNode {
  const { say } = useWords();
  const [scope, choose] = useState('');
  return (
    <Stack>
      <ChoiceField name="scope" label={say('audit.bundle.scope')} choices={choicesOf(scopes, say)} chosen={choose} />
      {scope === 'period' && <TextField name="period" label={say('audit.bundle.period')} help={say('periods.periodHelp')} />}
      {scope === 'unit' && (
        <>
          <UnitField name="unit" label={say('audit.bundle.unit')} help={say('audit.bundle.unitHelp')} among={() => true} />
          <Group align="start" grow>
            <DateField name="from" label={say('audit.bundle.from')} help={say('audit.bundle.fromHelp')} optional />
            <DateField name="to" label={say('audit.bundle.to')} optional />
          </Group>
        </>
      )}
      {scope === 'programme' && <ProgrammeField />}
      {scope === 'procedure' && <ProcedureField name="procedure" label={say('audit.bundle.procedure')} />}
    </Stack>
  );
}

function ProgrammeField(): ReactNode {
  const { say } = useWords();
  const { data } = useQuery(api.queryOptions('get', '/api/v1/programmes', { params: { query: { limit: 200 } } }));
  const choices = (data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }));
  return <ChoiceField name="programme" label={say('audit.bundle.programme')} choices={choices} />;
}
