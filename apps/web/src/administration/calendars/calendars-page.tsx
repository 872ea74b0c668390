import { Button, Grid, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQueries, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useSession } from '../../api/session';
import { dateText, today } from '../../format/format';
import { Page } from '../../frame/page';
import { definitionQuery } from '../../lifecycle/lifecycle-queries';
import { KeyValues } from '../../table/key-values';
import { useWords } from '../../words/words';
import { definitionsQuery } from '../definitions/definitions-queries';
import { textAt } from '../definitions/document';
import { AddDay } from './add-day';
import { changedDates, useCalendarDraft } from './calendar-draft';
import { calendarQuery } from './calendar-queries';
import type { Calendar } from './calendar-queries';
import { readCalendarSearch } from './calendar-search';
import { DaysList } from './days-list';
import { NewCalendar } from './new-calendar';
import { NextVersion } from './next-version';
import { YearView } from './year-view';

/** The calendars that working days are counted by, year by year; and how the next version of one is made. */
export function CalendarsPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/administration/calendars' });
  const navigate = useNavigate();
  const { id = 'vn', year = Number(today().slice(0, 4)) } = search;
  const newest = useSuspenseQuery(calendarQuery(id)).data;
  const { data: calendar } = useSuspenseQuery(calendarQuery(id, search.version));
  const calendars = [...new Set([...useNamedCalendars(), id])];
  const go = (changed: Readonly<Record<string, unknown>>): void =>
    void navigate({ to: '/administration/calendars', search: readCalendarSearch({ ...search, ...changed }), replace: true });
  const years = yearsOf(newest);

  return (
    <Page title={say('calendars.title')}>
      <Group align="end" mb="md" data-noprint>
        {calendars.length > 1 && (
          <NativeSelect
            label={say('calendars.calendar')}
            value={id}
            data={calendars}
            onChange={({ currentTarget: { value } }) => go({ id: value, version: undefined })}
          />
        )}
        <NativeSelect
          label={say('calendars.year')}
          value={String(year)}
          data={(years.includes(year) ? years : [year, ...years]).map(String)}
          onChange={({ currentTarget: { value } }) => go({ year: value })}
        />
        <NativeSelect
          label={say('definitions.version')}
          value={String(calendar.version)}
          data={Array.from({ length: newest.version }, (_, index) => String(newest.version - index))}
          onChange={({ currentTarget: { value } }) => go({ version: Number(value) === newest.version ? undefined : value })}
        />
      </Group>
      <KeyValues
        entries={[
          [say('calendars.covers'), say('calendars.fromTo', { from: dateText(calendar.covers.from), to: dateText(calendar.covers.to) })],
          [say('calendars.source'), calendar.source],
          [say('calendars.reason'), calendar.reason],
        ]}
      />
      {calendar.version === newest.version ? (
        <Own key={`${id} ${String(newest.version)}`} calendar={newest} year={year} />
      ) : (
        <Shown calendar={calendar} year={year} />
      )}
    </Page>
  );
}

function Shown({ calendar, year }: { readonly calendar: Calendar; readonly year: number }): ReactNode {
  const { say } = useWords();
  return (
    <Stack mt="lg">
      <Title order={2} size="h4">
        {say('calendars.ofYear', { year })}
      </Title>
      <YearView days={calendar} year={year} />
      <DaysList days={calendar} year={year} />
    </Stack>
  );
}

function Own(props: { readonly calendar: Calendar; readonly year: number }): ReactNode {
  const session = useSession();
  return session.state === 'in' ? <Newest {...props} person={session.person.id} /> : null;
}

/** The newest version, which the next one is made from. */
function Newest({ calendar, year, person }: { readonly calendar: Calendar; readonly year: number; readonly person: string }): ReactNode {
  const { say } = useWords();
  const draft = useCalendarDraft(`tinhgon-draft-calendar-${calendar.id}-${person}`, calendar);
  const [isBegun, begin] = useState(draft.isChanged);
  const [amiss, setAmiss] = useState<ReadonlyMap<string, string>>(new Map());
  if (!isBegun)
    return (
      <>
        <Group mt="md" mb="sm" data-noprint>
          <Button data-action="publish-calendar" onClick={() => begin(true)}>
            {say('calendars.begin')}
          </Button>
        </Group>
        <NewCalendar calendar={calendar} />
        <Shown calendar={calendar} year={year} />
      </>
    );
  const days = { ...calendar, holidays: draft.holidays, workingDays: draft.workingDays };
  return (
    <Stack mt="lg">
      <Title order={2} size="h4">
        {say('calendars.next', { version: calendar.version + 1 })}
      </Title>
      <Text role="status" c="dimmed" size="sm">
        {say(draft.isChanged ? 'calendars.kept' : 'calendars.unchangedYet')}
      </Text>
      <Group>
        <Button
          variant="default"
          onClick={() => {
            draft.discard();
            begin(false);
          }}
        >
          {say('calendars.discard')}
        </Button>
      </Group>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <YearView days={days} year={year} changed={changedDates(calendar, days)} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack>
            <AddDay add={draft.add} />
            <DaysList days={days} year={year} drop={draft.drop} amiss={amiss} />
            <NextVersion calendar={calendar} draft={draft} year={year} found={setAmiss} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

/** Calendars that lifecycles in force name. */
function useNamedCalendars(): readonly string[] {
  const { items } = useSuspenseQuery(definitionsQuery()).data;
  const current = items.flatMap(({ id, current: version }) => (version === null ? [] : [definitionQuery(id, version)]));
  return useQueries({ queries: current }).flatMap(({ data }) => {
    const named = textAt(data, 'calendar');
    return named === '' ? [] : [named];
  });
}

function yearsOf({ covers }: Calendar): readonly number[] {
  const [first, last] = [Number(covers.from.slice(0, 4)), Number(covers.to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
