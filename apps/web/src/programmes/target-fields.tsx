import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { ChoiceField, DateField, DecimalField, TextField, WholeField, choicesOf } from '../form/fields';
import { UnitField } from '../form/unit-field';
import { groups } from '../table/filters';
import { kindWords, metricWords } from '../words/codes';
import { useWords } from '../words/words';
import { isCut, isIndicator } from './targets';

/** What a target is made of. */
export function TargetFields(): ReactNode {
  const { say } = useWords();
  const [metric, choose] = useState('');
  const { data: indicators } = useQuery(api.queryOptions('get', '/api/v1/indicators', { params: { query: { limit: 200 } } }));
  const reported = (indicators?.items ?? []).map(({ code, title }) => ({ value: `indicator:${code}`, label: title }));
  return (
    <>
      <ChoiceField name="metric" label={say('programmes.metric')} choices={[...choicesOf(metricWords, say), ...reported]} chosen={choose} />
      <DecimalField name="threshold" label={say('programmes.threshold')} help={say('programmes.thresholdHelp')} />
      <DateField name="deadline" label={say('programmes.deadline')} />
      {!isIndicator(metric) && <ScopeFields />}
      {isCut(metric) && (
        <WholeField name="baseline.year" label={say('programmes.baselineYear')} help={say('programmes.baselineHelp')} optional />
      )}
    </>
  );
}

/** Which procedures count. */
function ScopeFields(): ReactNode {
  const { say } = useWords();
  const [kind, setKind] = useState('');
  return (
    <>
      <ChoiceField name="scope.kind" label={say('procedure.kind')} choices={choicesOf(kindWords, say)} chosen={setKind} optional />
      {(kind === '' || kind === 'internal') && (
        <ChoiceField
          name="scope.group"
          label={say('procedure.group')}
          choices={groups.map((group) => ({ value: group, label: group }))}
          optional
        />
      )}
      <UnitField name="scope.unit" label={say('procedure.owningUnit')} optional />
      <TextField name="scope.field" label={say('procedure.field')} optional />
    </>
  );
}
