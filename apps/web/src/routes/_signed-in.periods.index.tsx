import { createFileRoute } from '@tanstack/react-router';
import { PeriodsPage } from '../periods/periods-page';

export const Route = createFileRoute('/_signed-in/periods/')({ component: PeriodsPage });
