import { Fieldset, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { LongField, WholeField } from '../form/fields';
import { RowsOfFields } from '../form/rows';
import { useWords } from '../words/words';

interface Props {
  /** What the paths of the parts begin with in the body, with its point. (Default: nothing) */
  readonly at?: string;
}

/** What a procedure asks of whom, part by part; each may come later. */
export function PartsFields({ at = '' }: Props): ReactNode {
  const { say } = useWords();
  const documents = `${at}dossier.documents`;
  const legalBasis = `${at}legalBasis`;
  return (
    <>
      <LongField name={`${at}steps`} label={say('parts.steps')} optional />
      <LongField name={`${at}manner`} label={say('parts.manner')} lines={2} optional />
      <Fieldset legend={say('parts.dossier')}>
        <Stack>
          <RowsOfFields
            legend={say('parts.documents')}
            list={documents}
            most={200}
            row={(index) => (
              <LongField name={`${documents}.${String(index)}`} label={say('parts.documentAt', { at: index + 1 })} lines={1} optional />
            )}
          />
          <WholeField name={`${at}dossier.sets`} label={say('parts.setsOf')} defaultValue="1" optional />
        </Stack>
      </Fieldset>
      <WholeField name={`${at}timeLimitDays`} label={say('parts.timeLimitDays')} help={say('parts.timeLimitHelp')} optional />
      <LongField name={`${at}subjects`} label={say('parts.subjects')} lines={1} optional />
      <LongField name={`${at}agency`} label={say('parts.agency')} lines={1} optional />
      <LongField name={`${at}form`} label={say('parts.form')} lines={1} optional />
      <LongField name={`${at}result`} label={say('parts.result')} lines={1} optional />
      <LongField name={`${at}conditions`} label={say('parts.conditions')} lines={2} optional />
      <LongField name={`${at}fees`} label={say('parts.fees')} lines={1} optional />
      <RowsOfFields
        legend={say('parts.legalBasis')}
        list={legalBasis}
        most={200}
        row={(index) => (
          <LongField name={`${legalBasis}.${String(index)}`} label={say('parts.basisAt', { at: index + 1 })} lines={1} optional />
        )}
      />
    </>
  );
}
