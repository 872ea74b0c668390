import type { ReactNode } from 'react';
import { ChoiceField, DecimalField, LongField } from '../form/fields';
import { useUnits } from '../frame/units';
import { useWords } from '../words/words';

/** Which of the units that one reports for. */
export function ReportingUnitField({ units: ids }: { readonly units: readonly string[] }): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const choices = ids.map((value) => ({ value, label: units.nameOf(value) }));
  const [only] = ids;
  return (
    <ChoiceField
      key={units.isKnown ? 'known' : 'unknown'}
      name="unit"
      label={say('indicators.unit')}
      choices={choices}
      {...(ids.length === 1 && only !== undefined && { defaultValue: only })}
    />
  );
}

/** What is reported besides by whom and of which period. */
export function FigureFields({ unitOfMeasure, isCorrection = false }: { readonly unitOfMeasure: string; readonly isCorrection?: boolean }): ReactNode {
  const { say } = useWords();
  return (
    <>
      <DecimalField name="value" label={say('indicators.value')} help={unitOfMeasure} />
      <LongField name="evidence" label={say('indicators.evidence')} optional />
      {isCorrection && <LongField name="reason" label={say('field.reason')} />}
    </>
  );
} // prettier-ignore
