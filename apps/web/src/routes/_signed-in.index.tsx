import { createFileRoute } from '@tanstack/react-router';
import { readWorklistSearch } from '../worklist/worklist-search';
import { WorklistPage } from '../worklist/worklist-page';

export const Route = createFileRoute('/_signed-in/')({
  validateSearch: readWorklistSearch,
  component: WorklistPage,
});
