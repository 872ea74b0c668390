import type { ReactNode } from 'react';
import { FlagField, LongField } from '../../form/fields';
import { useWords } from '../../words/words';

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
