import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { decimalKind } from '../form/number-fields';
import { dateText, numberText } from '../format/format';
import { StateMark } from '../table/state-mark';
import { useWords } from '../words/words';
import type { Standing } from './programmes-queries';
import classes from './programmes.module.css';
import { wholeText } from './targets';

/** How far it is, as a bar with the threshold marked in it and in words. */
export function Meter({ target: { metric, value, threshold, numerator, denominator, reached } }: { readonly target: Standing }): ReactNode {
  const words = useWords();
  const { say, language } = words;
  if (value === null) return <Text size="sm">{say('programmes.nothing')}</Text>;
  const at = Math.min(100, Math.max(0, Number(value)));
  return (
    <div>
      <svg className={classes.meter} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" data-reached={reached || undefined}>
        <rect className={classes.whole ?? ''} width="100" height="10" />
        <rect className={classes.part ?? ''} width={at} height="10" />
        <line className={classes.mark ?? ''} x1={Number(threshold)} x2={Number(threshold)} y1="0" y2="10" />
      </svg>
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
