import { createFileRoute } from '@tanstack/react-router';
import { ReportPage } from '../reports/report-page';
import { readReportSearch } from '../reports/report-search';

export const Route = createFileRoute('/_signed-in/reports/$name')({
  validateSearch: readReportSearch,
  component: ReportPage,
});
