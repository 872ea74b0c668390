import { createFileRoute } from '@tanstack/react-router';
import { DeadLettersPage } from '../administration/dead-letters/dead-letters-page';
import { deadLettersQuery } from '../administration/dead-letters/dead-letters-query';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/dead-letters')({
  loader: () => queries.query({ ...deadLettersQuery(), staleTime: 'static' }),
  component: DeadLettersPage,
});
