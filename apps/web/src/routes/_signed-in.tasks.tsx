import { createFileRoute } from '@tanstack/react-router';
import { TasksPage } from '../tasks/tasks-page';
import { readTasksSearch } from '../tasks/tasks-search';

export const Route = createFileRoute('/_signed-in/tasks')({
  validateSearch: readTasksSearch,
  component: TasksPage,
});
