import { createFileRoute } from '@tanstack/react-router';
import { ProgrammesPage } from '../programmes/programmes-page';

export const Route = createFileRoute('/_signed-in/programmes/')({ component: ProgrammesPage });
