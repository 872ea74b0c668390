import { createFileRoute } from '@tanstack/react-router';
import { DeadlinesPage } from '../deadlines/deadlines-page';
import { readDeadlinesSearch } from '../deadlines/deadlines-search';

export const Route = createFileRoute('/_signed-in/deadlines')({
  validateSearch: readDeadlinesSearch,
  component: DeadlinesPage,
});
