import { createFileRoute } from '@tanstack/react-router';
import { ImportsPage } from '../imports/imports-page';

export const Route = createFileRoute('/_signed-in/imports')({ component: ImportsPage });
