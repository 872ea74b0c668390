import type { ReactNode } from 'react';
import { DateField, TextField } from '../../form/fields';
import { FileField } from '../../form/file-field';
import { useWords } from '../../words/words';
import type { FieldsProps } from './fields-of';
import { OptionalFields } from './optional-fields';
import { ReasonFields } from './reason-fields';

/** A numbered decision, with its signed scan. */
export function DecisionFields({ isNeeded, procedure: { otherActions } }: FieldsProps): ReactNode {
  const { say } = useWords();
  // Of what is held as a reference nothing is attached.
  const mayAttach = otherActions.some(({ action, unmet }) => action === 'comment' && unmet.length === 0);
  return (
    <>
      <TextField name="decision.number" label={say('field.decision.number')} />
      <DateField name="decision.date" label={say('field.decision.date')} />
      <DateField name="decision.effectiveDate" label={say('field.decision.effectiveDate')} />
      <TextField name="decision.signer" label={say('field.decision.signer')} />
      {mayAttach && <FileField name="decision.scan" label={say('field.decision.scan')} optional={!isNeeded('decision.scan')} />}
    </>
  );
}

/** What was published once is ended by a decision; the rest needs none. */
export function AbolishFields(props: FieldsProps): ReactNode {
  const { say } = useWords();
  return (
    <>
      <ReasonFields />
      <OptionalFields
        name="decision."
        label={say('field.withDecision')}
        isNeeded={props.procedure.decision !== null || props.isNeeded('decision')}
      >
        <DecisionFields {...props} />
      </OptionalFields>
    </>
  );
}
