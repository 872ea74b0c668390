import { createFileRoute } from '@tanstack/react-router';
import { calendarQuery } from '../administration/calendars/calendar-queries';
import { readCalendarSearch } from '../administration/calendars/calendar-search';
import { CalendarsPage } from '../administration/calendars/calendars-page';
import { definitionsQuery } from '../administration/definitions/definitions-queries';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/calendars')({
  validateSearch: readCalendarSearch,
  loaderDeps: ({ search: { id = 'vn', version } }) => ({ id, version }),
  loader: async ({ deps: { id, version } }) => {
    await Promise.all([
      queries.query({ ...calendarQuery(id), staleTime: 'static' }),
      queries.query({ ...calendarQuery(id, version), staleTime: 'static' }),
      queries.query({ ...definitionsQuery(), staleTime: 'static' }),
    ]);
  },
  component: CalendarsPage,
});
