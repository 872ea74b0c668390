import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { decimalKind } from '../form/number-fields';
import { dateText, numberText } from '../format/format';
import { Meter } from '../table/meter';
import { StateMark } from '../table/state-mark';
import { useWords } from '../words/words';
import type { Standing } from './programmes-queries';
import { wholeText } from './targets';

/** How far it is, as a bar and in words. */
export function HowFar({
  target: { metric, value, threshold, numerator, denominator, reached },
}: {
  readonly target: Standing;
}): ReactNode {
  const words = useWords();
  const { say, language } = words;
  if (value === null) return <Text size="sm">{say('programmes.nothing')}</Text>;
  return (
    <div>
      <Meter value={value} threshold={threshold} reached={reached} />
      <Text size="sm">
        {say('programmes.stands', {
          value: decimalKind.text(value, words),
          threshold: decimalKind.text(threshold, words),
          part: numberText(numerator, language),
          whole: wholeText(metric, numberText(denominator, language), say),
        })}
      </Text>
    </div>
  );
}

/** What a paper says that it stands at, marked as such: it is not counted. */
export function Published({ target: { published } }: { readonly target: Standing }): ReactNode {
  const words = useWords();
  if (!published) return null;
  const { number, date } = published.document;
  return (
    <Text size="sm" data-published>
      {words.say('programmes.published', { value: decimalKind.text(published.value, words), number, date: dateText(date) })}
    </Text>
  );
}

/** What becomes of it: reached, over, or when it will be reached. */
export function Outlook({ target }: { readonly target: Standing }): ReactNode {
  const { say, language } = useWords();
  const { reached, overdue, workingDaysLeft, forecastOn, deadline, state } = target;
  if (state === 'withdrawn') return <StateMark weight="plain">{say('programmes.withdrawn')}</StateMark>;
  if (reached) return <StateMark weight="plain">{say('programmes.reached')}</StateMark>;
  if (overdue) return <StateMark weight="late">{say('programmes.overdue')}</StateMark>;
  const isLate = forecastOn === null || forecastOn > deadline;
  return (
    <>
      <StateMark weight={isLate ? 'soon' : 'plain'}>
        {workingDaysLeft === null ? dateText(deadline) : say('programmes.daysLeft', { days: numberText(workingDaysLeft, language) })}
      </StateMark>
      <Text size="sm">
        {forecastOn === null ? say('programmes.notAtThisPace') : say('programmes.forecast', { date: dateText(forecastOn) })}
      </Text>
    </>
  );
}
