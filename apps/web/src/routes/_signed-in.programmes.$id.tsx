import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { ProgrammePage } from '../programmes/programme-page';
import { readProgrammeSearch } from '../programmes/programme-search';
import { programmeQuery } from '../programmes/programmes-queries';

export const Route = createFileRoute('/_signed-in/programmes/$id')({
  validateSearch: readProgrammeSearch,
  loader: ({ params }) => queries.query({ ...programmeQuery(params.id), staleTime: 'static' }),
  component: ProgrammePage,
});
