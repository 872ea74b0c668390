import type { ReactNode } from 'react';
import { DateField, TextField } from '../../form/fields';
import { useWords } from '../../words/words';
import { ReasonFields } from './reason-fields';

interface Props {
  readonly optional?: boolean;
}

/** A numbered decision. */
export function DecisionFields({ optional = false }: Props): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="decision.number" label={say('field.decision.number')} optional={optional} />
      <DateField name="decision.date" label={say('field.decision.date')} optional={optional} />
      <DateField name="decision.effectiveDate" label={say('field.decision.effectiveDate')} optional={optional} />
      <TextField name="decision.signer" label={say('field.decision.signer')} optional={optional} />
    </>
  );
}

/** What was published once is ended by a decision; the rest needs none. */
export function AbolishFields(): ReactNode {
  return (
    <>
      <ReasonFields />
      <DecisionFields optional />
    </>
  );
}
