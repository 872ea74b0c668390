import type { ReactNode } from 'react';
import { ChoiceField, choicesOf, LongField, TextField, WholeField } from '../../form/fields';
import { Line } from '../../form/line';
import { RowsOfFields } from '../../form/rows';
import { optionTypeWords } from '../../words/codes';
import { useWords } from '../../words/words';
import { CostFields } from './cost-fields';
import { CostResult } from './cost-result';
import type { FieldsProps } from './fields-of';

/** What shall change, in which documents, and what it costs before and after. */
export function OptionFields({ isNeeded }: FieldsProps): ReactNode {
  const { say } = useWords();
  return (
    <>
      <ChoiceField name="option.type" label={say('options.type')} choices={choicesOf(optionTypeWords, say)} />
      <LongField name="option.content" label={say('options.content')} />
      <LongField name="option.reason" label={say('options.reason')} />
      <RowsOfFields
        legend={say('options.documents')}
        list="option.documentsToAmend"
        most={200}
        row={(at) => (
          <>
            <TextField name={`${at}.title`} label={say('field.document.title')} />
            <Line narrow>
              <TextField name={`${at}.number`} label={say('field.document.number')} optional />
              <TextField name={`${at}.article`} label={say('field.article')} optional />
            </Line>
            <LongField name={`${at}.change`} label={say('field.change')} lines={2} />
          </>
        )}
      />
      <CostFields name="option.before" legend={say('options.before')} />
      <CostFields name="option.after" legend={say('options.after')} />
      <CostResult />
      <Line narrow>
        <WholeField name="option.days.before" label={say('options.daysBefore')} help={say('options.daysHelp')} optional />
        <WholeField name="option.days.after" label={say('options.daysAfter')} optional />
      </Line>
      <Line narrow>
        <WholeField name="option.conditions.before" label={say('options.conditionsBefore')} optional />
        <WholeField name="option.conditions.after" label={say('options.conditionsAfter')} optional />
      </Line>
      <LongField name="option.roadmap" label={say('field.roadmap')} optional={!isNeeded('option.roadmap')} />
    </>
  );
}
