import type { ReactNode } from 'react';
import { DateField, FlagField, LongField, TextField } from '../form/fields';
import { PersonField } from '../form/person-field';
import { dateText, today } from '../format/format';
import { useWords } from '../words/words';

/** What actions ask for that can be done with one procedure or with several at once: whatever is not about one procedure alone. */
interface Props {
  /** Whether the lifecycle asks here for what the action can do without elsewhere. (Default: it asks for none) @param path In the body */
  readonly isNeeded?: (path: string) => boolean;
}

export function ReasonFields(): ReactNode {
  const { say } = useWords();
  return <LongField name="reason" label={say('field.reason')} />;
}

/** @param near Unit id: who holds a role there or above is offered first. (Default: all by name) */
export function AssignFields({ near }: { readonly near?: string }): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PersonField name="person" label={say('claim.person')} {...(near !== undefined && { near })} />
      <ReasonFields />
    </>
  );
}

/** The four criteria. */
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

export function ProposeFields({ isNeeded = () => false }: Props): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="document.number" label={say('field.document.number')} />
      <DateField name="document.date" label={say('field.document.date')} />
      <LongField name="note" label={say('field.note')} optional={!isNeeded('note')} />
    </>
  );
}

/** A numbered decision. */
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

/** What ends what was published. */
export function EndingFields(): ReactNode {
  return (
    <>
      <ReasonFields />
      <DecisionFields />
    </>
  );
}

export function DatedFields(): ReactNode {
  const { say } = useWords();
  return <DateField name="date" label={say('field.date')} defaultValue={dateText(today())} />;
}

export function DiscloseFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <DatedFields />
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
