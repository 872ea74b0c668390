import type { ReactNode } from 'react';
import { FlagField, LongField } from '../../form/fields';
import { useWords } from '../../words/words';
import { CostFields } from './cost-fields';
import type { FieldsProps } from './fields-of';
import { OptionalFields } from './optional-fields';

/** The four criteria. */
export function ReviewFields({ isNeeded }: FieldsProps): ReactNode {
  const { say } = useWords();
  return (
    <>
      <FlagField name="necessary" label={say('review.necessary')} />
      <FlagField name="withinPowers" label={say('review.withinPowers')} />
      <FlagField name="reasonable" label={say('review.reasonable')} />
      <FlagField name="lawful" label={say('review.lawful')} />
      <LongField name="findings" label={say('field.findings')} />
      <OptionalFields name="complianceCost." label={say('review.withCost')} isNeeded={isNeeded('complianceCost')}>
        <CostFields name="complianceCost" legend={say('review.complianceCost')} />
      </OptionalFields>
    </>
  );
}
