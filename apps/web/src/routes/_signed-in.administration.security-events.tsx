import { createFileRoute } from '@tanstack/react-router';
import { SecurityEventsPage } from '../administration/security-events/security-events-page';
import { readSecurityEventsSearch } from '../administration/security-events/security-events-search';

export const Route = createFileRoute('/_signed-in/administration/security-events')({
  validateSearch: readSecurityEventsSearch,
  component: SecurityEventsPage,
});
