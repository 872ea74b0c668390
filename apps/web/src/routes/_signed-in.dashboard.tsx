import { createFileRoute } from '@tanstack/react-router';
import { DashboardPage } from '../dashboard/dashboard-page';
import { readDashboardSearch } from '../dashboard/dashboard-search';

export const Route = createFileRoute('/_signed-in/dashboard')({
  validateSearch: readDashboardSearch,
  component: DashboardPage,
});
