import type { ReactNode } from 'react';
import { DecisionFields, ReasonFields } from '../../actions/action-fields';
import { FileField } from '../../form/file-field';
import { useWords } from '../../words/words';
import { may } from '../may';
import type { FieldsProps } from './fields-of';
import { OptionalFields } from './optional-fields';

/** A numbered decision, with its signed scan. */
export function ScannedDecisionFields({ isNeeded, procedure }: FieldsProps): ReactNode {
  const { say } = useWords();
  // Of what is held as a reference nothing is attached.
  const mayAttach = may(procedure, 'comment');
  return (
    <>
      <DecisionFields />
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
        <ScannedDecisionFields {...props} />
      </OptionalFields>
    </>
  );
}
