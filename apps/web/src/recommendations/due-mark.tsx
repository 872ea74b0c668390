import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText, numberText } from '../format/format';
import { StateMark } from '../table/state-mark';
import { useWords } from '../words/words';

interface Props {
  /** What is due by when; nothing is shown where nothing is. */
  readonly of: { readonly dueOn: string | null; readonly workingDaysLeft: number | null; readonly overdue: boolean };
}

/** Few enough working days to begin at once. */
const soon = 5;

/** By when something is due, and how long that is; late also by its shape. */
export function DueMark({ of: { dueOn, workingDaysLeft, overdue } }: Props): ReactNode {
  const { say, language } = useWords();
  if (dueOn === null) return null;
  if (overdue) return <StateMark weight="late">{say('inspections.overdueSince', { date: dateText(dueOn) })}</StateMark>;
  if (workingDaysLeft === null) return <Text size="sm">{dateText(dueOn)}</Text>;
  return (
    <StateMark weight={workingDaysLeft <= soon ? 'soon' : 'plain'}>
      {workingDaysLeft === 0
        ? say('inspections.dueNow', { date: dateText(dueOn) })
        : say('inspections.daysLeft', { days: numberText(workingDaysLeft, language), date: dateText(dueOn) })}
    </StateMark>
  );
}
