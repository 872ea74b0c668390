import { createFileRoute } from '@tanstack/react-router';
import { InspectionsPage } from '../inspections/inspections-page';
import { readInspectionsSearch } from '../inspections/inspections-search';

export const Route = createFileRoute('/_signed-in/inspections/')({ validateSearch: readInspectionsSearch, component: InspectionsPage });
