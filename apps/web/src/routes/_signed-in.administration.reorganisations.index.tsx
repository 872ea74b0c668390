import { createFileRoute } from '@tanstack/react-router';
import { ReorganisationsPage } from '../administration/reorganisations/reorganisations-page';

export const Route = createFileRoute('/_signed-in/administration/reorganisations/')({ component: ReorganisationsPage });
