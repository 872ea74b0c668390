import { createFileRoute } from '@tanstack/react-router';
import { IndicatorsPage } from '../indicators/indicators-page';

export const Route = createFileRoute('/_signed-in/indicators/')({ component: IndicatorsPage });
