import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { monthName, weekdayName } from '../../format/format';
import { useWords } from '../../words/words';
import type { Word } from '../../words/words';
import { dayReader, weeksOf } from './year';
import type { DayKind, Days } from './year';
import classes from './year-view.module.css';

interface Props {
  readonly days: Days;
  readonly year: number;
  /** Dates that another version says otherwise. (Default: none) */
  readonly changed?: ReadonlySet<string>;
}

const kindWords = {
  work: 'calendars.work',
  weekend: 'calendars.weekend',
  holiday: 'calendars.holiday',
  worked: 'calendars.worked',
  unknown: 'calendars.unknown',
} as const satisfies Record<DayKind, Word>;
/** Each also by its mark, for whoever does not see the colour. */
const marks: Readonly<Record<DayKind, string>> = { work: '', weekend: '', holiday: '×', worked: '✓', unknown: '?' };

/** Twelve months, with what is off and what is worked all the same. */
export function YearView({ days, year, changed = new Set() }: Props): ReactNode {
  const { say, language } = useWords();
  const read = dayReader(days);
  return (
    <>
      <Group gap="lg" mb="sm" aria-hidden="true">
        {(['holiday', 'worked', 'weekend'] as const).map((kind) => (
          <Text key={kind} size="sm">
            <span className={classes.day} data-kind={kind}>
              {marks[kind]}
            </span>{' '}
            {say(kindWords[kind])}
          </Text>
        ))}
      </Group>
      <div className={classes.year}>
        {Array.from({ length: 12 }, (_, index) => index + 1).map((month) => (
          <table key={month} className={classes.month}>
            <caption>{monthName(month, language)}</caption>
            <thead>
              <tr>
                {[1, 2, 3, 4, 5, 6, 0].map((day) => (
                  <th key={day} scope="col">
                    {weekdayName(day, language)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeksOf(year, month).map((week) => (
                <tr key={week.find((date) => date !== null)}>
                  {week.map((date, at) => {
                    if (date === null) return <td key={at} />;
                    const { kind, name } = read(date);
                    const isPlain = kind === 'work' || kind === 'weekend';
                    return (
                      <td key={date}>
                        <span
                          className={classes.day}
                          data-kind={kind}
                          data-changed={changed.has(date) || undefined}
                          title={isPlain ? undefined : (name ?? say(kindWords[kind]))}
                        >
                          {Number(date.slice(8))}
                          {!isPlain && (
                            <>
                              <span aria-hidden="true">{marks[kind]}</span>
                              <span className={classes.unseen}>, {name ?? say(kindWords[kind])}</span>
                            </>
                          )}
                        </span>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </>
  );
}
