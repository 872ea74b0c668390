import { createFileRoute } from '@tanstack/react-router';
import { AuditPage } from '../audit/audit-page';
import { readAuditSearch } from '../audit/audit-search';

export const Route = createFileRoute('/_signed-in/audit')({
  validateSearch: readAuditSearch,
  component: AuditPage,
});
