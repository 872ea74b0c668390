import { createFileRoute } from '@tanstack/react-router';
import { queries } from '../api/client';
import { BoardPage } from '../steering/board-page';
import { boardQuery } from '../steering/boards-queries';

export const Route = createFileRoute('/_signed-in/steering-boards/$id')({
  loader: ({ params }) => queries.query({ ...boardQuery(params.id), staleTime: 'static' }),
  component: BoardPage,
});
