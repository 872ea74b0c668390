import { createFileRoute } from '@tanstack/react-router';
import { UnitsPage } from '../administration/units/units-page';
import { readUnitsSearch } from '../administration/units/units-search';
import { queries } from '../api/client';
import { unitsQuery } from '../frame/units';

export const Route = createFileRoute('/_signed-in/administration/units')({
  validateSearch: readUnitsSearch,
  loader: () => queries.query({ ...unitsQuery(), staleTime: 'static' }),
  component: UnitsPage,
});
