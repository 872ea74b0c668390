import { createFileRoute } from '@tanstack/react-router';
import { ReportsPage } from '../reports/reports-page';

export const Route = createFileRoute('/_signed-in/reports/')({ component: ReportsPage });
