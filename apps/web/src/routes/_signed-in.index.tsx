import { createFileRoute } from '@tanstack/react-router';
import { askAhead } from '../worklist/worklist-queries';
import { readWorklistSearch } from '../worklist/worklist-search';
import { WorklistPage } from '../worklist/worklist-page';

export const Route = createFileRoute('/_signed-in/')({
  validateSearch: readWorklistSearch,
  // Whoever comes is shown it once it is there; whoever narrows it down keeps what stood there until the answer.
  loader: ({ location }) => askAhead(readWorklistSearch({ ...location.search })),
  component: WorklistPage,
  // It is what most people see first, and comes with what it is made of.
  codeSplitGroupings: [],
});
