import { answerOf, api, client } from '../../api/client';
import type { components } from '../../api/schema';

export type Calendar = components['schemas']['CalendarAnswer'];
export type CalendarToPublish = components['schemas']['PublishCalendarDto'];
export type CalendarPreview = components['schemas']['CalendarPreviewAnswer'];

/** @param version (Default: the newest) */
export const calendarQuery = (id: string, version?: number) =>
  api.queryOptions('get', '/api/v1/calendars/{id}', {
    params: { path: { id }, query: version === undefined ? {} : { version } },
  });

/** What publishing it would do; nothing is stored. */
export async function previewed(id: string, calendar: CalendarToPublish, language: string): Promise<CalendarPreview> {
  return answerOf(
    client.POST('/api/v1/calendars/{id}/versions/preview', {
      ...{ params: { path: { id }, header: { 'accept-language': language } }, body: calendar },
    }),
  );
}
