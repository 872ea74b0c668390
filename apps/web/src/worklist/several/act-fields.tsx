import type { ReactNode } from 'react';
import { DateField, FlagField, LongField, TextField } from '../../form/fields';
import { PersonField } from '../../form/person-field';
import { dateText, today } from '../../format/format';
import { useWords } from '../../words/words';

export function ReasonFields(): ReactNode {
  const { say } = useWords();
  return <LongField name="reason" label={say('field.reason')} />;
}

export function AssignFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PersonField name="person" label={say('claim.person')} />
      <ReasonFields />
    </>
  );
}

export function ReviewFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <FlagField name="necessary" label={say('review.necessary')} />
      <FlagField name="withinPowers" label={say('review.withinPowers')} />
      <FlagField name="reasonable" label={say('review.reasonable')} />
      <FlagField name="lawful" label={say('review.lawful')} />
      <LongField name="findings" label={say('field.findings')} />
    </>
  );
}

export function ProposeFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="document.number" label={say('field.document.number')} />
      <DateField name="document.date" label={say('field.document.date')} />
      <LongField name="note" label={say('field.note')} optional />
    </>
  );
}

export function DecisionFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="decision.number" label={say('field.decision.number')} />
      <DateField name="decision.date" label={say('field.decision.date')} />
      <DateField name="decision.effectiveDate" label={say('field.decision.effectiveDate')} />
      <TextField name="decision.signer" label={say('field.decision.signer')} />
    </>
  );
}

export function DayFields(): ReactNode {
  const { say } = useWords();
  return <DateField name="date" label={say('field.date')} defaultValue={dateText(today())} />;
}

export function DiscloseFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <DayFields />
      <TextField name="office" label={say('field.office')} />
    </>
  );
}

export function CheckFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <FlagField name="passed" label={say('field.passed')} />
      <LongField name="remarks" label={say('field.remarks')} />
    </>
  );
}
