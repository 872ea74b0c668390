import type { ReactNode } from 'react';
import { ChoiceField, choicesOf, DateField, FeeField, LongField, TextField, WholeField } from '../form/fields';
import { Line } from '../form/line';
import { RowsOfFields } from '../form/rows';
import { agencyRoleWords, timeUnitWords } from '../words/codes';
import { useWords } from '../words/words';

interface Props {
  /** What the paths of the parts begin with in the body, with its point. (Default: nothing) */
  readonly at?: string;
}

/** What a procedure asks of whom, part by part, as the national database holds it; each may come later. */
export function PartsFields({ at = '' }: Props): ReactNode {
  const { say } = useWords();
  return (
    <>
      <LongField name={`${at}steps`} label={say('parts.steps')} optional />
      <MannerRows list={`${at}manners`} />
      <DocumentRows list={`${at}documents`} />
      <LongField name={`${at}subjects`} label={say('parts.subjects')} lines={1} optional />
      <AgencyRows list={`${at}agencies`} />
      <TextField name={`${at}level`} label={say('parts.level')} help={say('parts.levelHelp')} optional />
      <LongField name={`${at}form`} label={say('parts.form')} lines={1} optional />
      <LongField name={`${at}result`} label={say('parts.result')} lines={1} optional />
      <LongField name={`${at}conditions`} label={say('parts.conditions')} lines={2} optional />
      <BaseRows list={`${at}bases`} />
      <KeywordRows list={`${at}keywords`} />
    </>
  );
}

interface RowsProps {
  /** The path of the list. */
  readonly list: string;
}

function MannerRows({ list }: RowsProps): ReactNode {
  const { say } = useWords();
  return (
    <RowsOfFields
      legend={say('parts.manners')}
      list={list}
      optional
      row={(at) => (
        <>
          <TextField name={`${at}.way`} label={say('parts.way')} help={say('parts.wayHelp')} />
          <Line>
            <WholeField name={`${at}.timeLimit.amount`} label={say('parts.timeLimit')} />
            <ChoiceField
              name={`${at}.timeLimit.unit`}
              label={say('parts.timeUnit')}
              choices={choicesOf(timeUnitWords, say)}
              defaultValue="workingDays"
            />
            <FeeField name={`${at}.fee`} label={say('parts.fee')} optional />
          </Line>
          <LongField name={`${at}.note`} label={say('field.note')} lines={1} optional />
        </>
      )}
    />
  );
}

function DocumentRows({ list }: RowsProps): ReactNode {
  const { say } = useWords();
  return (
    <RowsOfFields
      legend={say('parts.dossier')}
      list={list}
      most={200}
      optional
      row={(at, index) => (
        <>
          <LongField name={`${at}.name`} label={say('parts.documentAt', { at: index + 1 })} lines={1} />
          <Line>
            <TextField name={`${at}.form`} label={say('parts.documentForm')} optional />
            <WholeField name={`${at}.originals`} label={say('parts.originals')} defaultValue="1" />
            <WholeField name={`${at}.copies`} label={say('parts.copies')} defaultValue="0" />
          </Line>
        </>
      )}
    />
  );
}

function AgencyRows({ list }: RowsProps): ReactNode {
  const { say } = useWords();
  return (
    <RowsOfFields
      legend={say('parts.agencies')}
      list={list}
      most={100}
      optional
      row={(at) => (
        <>
          <ChoiceField
            name={`${at}.role`}
            label={say('parts.agencyRole')}
            choices={choicesOf(agencyRoleWords, say)}
            defaultValue="carriesOut"
          />
          <Line>
            <TextField name={`${at}.name`} label={say('parts.agencyName')} />
            <TextField name={`${at}.address`} label={say('parts.address')} optional />
          </Line>
        </>
      )}
    />
  );
}

function BaseRows({ list }: RowsProps): ReactNode {
  const { say } = useWords();
  return (
    <RowsOfFields
      legend={say('parts.legalBasis')}
      list={list}
      most={200}
      optional
      row={(at, index) => (
        <>
          <LongField name={`${at}.summary`} label={say('parts.basisAt', { at: index + 1 })} lines={1} />
          <Line>
            <TextField name={`${at}.number`} label={say('parts.baseNumber')} optional />
            <DateField name={`${at}.date`} label={say('parts.baseDate')} optional />
            <TextField name={`${at}.issuer`} label={say('parts.issuer')} optional />
          </Line>
        </>
      )}
    />
  );
}

function KeywordRows({ list }: RowsProps): ReactNode {
  const { say } = useWords();
  return (
    <RowsOfFields
      legend={say('parts.keywords')}
      list={list}
      optional
      row={(at, index) => <TextField name={at} label={say('parts.keywordAt', { at: index + 1 })} />}
    />
  );
}
