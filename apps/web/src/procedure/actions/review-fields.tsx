import type { ReactNode } from 'react';
import { ReviewFields } from '../../actions/action-fields';
import { useWords } from '../../words/words';
import { CostFields } from './cost-fields';
import type { FieldsProps } from './fields-of';
import { OptionalFields } from './optional-fields';

/** The four criteria, and what the procedure costs whoever follows it. */
export function ReviewWithCostFields({ isNeeded }: FieldsProps): ReactNode {
  const { say } = useWords();
  return (
    <>
      <ReviewFields />
      <OptionalFields name="complianceCost." label={say('review.withCost')} isNeeded={isNeeded('complianceCost')}>
        <CostFields name="complianceCost" legend={say('review.complianceCost')} />
      </OptionalFields>
    </>
  );
}
