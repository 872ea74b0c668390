import { Button, Group, List, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../../format/format';
import { useWords } from '../../words/words';
import type { Days } from './year';

interface Props {
  readonly days: Days;
  readonly year: number;
  /** Takes a day away. (Default: they are only shown) */
  readonly drop?: (list: 'holidays' | 'workingDays', date: string) => void;
  /** What is amiss with a day, by list and number. */
  readonly amiss?: ReadonlyMap<string, string>;
}

/** The days off and the days that are worked all the same, in words. */
export function DaysList({ days: { holidays, workingDays }, year, drop, amiss = new Map() }: Props): ReactNode {
  const { say } = useWords();
  const lists = [
    { list: 'holidays', title: say('calendars.holidays'), rows: holidays.map(({ date, name }) => ({ date, text: name })) },
    { list: 'workingDays', title: say('calendars.workedDays'), rows: workingDays.map(({ date, reason }) => ({ date, text: reason })) },
  ] as const;
  return (
    <>
      {lists.map(({ list, title, rows }) => {
        const shown = rows
          .map((row, index) => ({ ...row, index }))
          .filter(({ date }) => date.startsWith(String(year)))
          .toSorted((one, other) => (one.date < other.date ? -1 : 1));
        return (
          <section key={list} aria-labelledby={`days-${list}`}>
            <Title order={3} size="h5" id={`days-${list}`} mb="xs">
              {title}
            </Title>
            {shown.length === 0 && <Text c="dimmed">{say('calendars.noDays', { year })}</Text>}
            <List size="sm" mb="md" listStyleType="none" spacing={4}>
              {shown.map(({ date, text, index }) => {
                const found = amiss.get(`${list}.${String(index)}`);
                return (
                  <List.Item key={date}>
                    <Group gap="xs">
                      <span>
                        {dateText(date)}: {text}
                      </span>
                      {drop && (
                        <Button
                          variant="default"
                          size="compact-xs"
                          aria-label={say('calendars.dropDay', { date: dateText(date) })}
                          onClick={() => drop(list, date)}
                        >
                          {say('definitions.dropIt')}
                        </Button>
                      )}
                    </Group>
                    {found !== undefined && (
                      <Text size="sm" c="error">
                        {found}
                      </Text>
                    )}
                  </List.Item>
                );
              })}
            </List>
          </section>
        );
      })}
    </>
  );
}
