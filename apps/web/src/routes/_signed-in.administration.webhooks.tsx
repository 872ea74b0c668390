import { createFileRoute } from '@tanstack/react-router';
import { WebhooksPage } from '../administration/webhooks/webhooks-page';
import { webhooksQuery } from '../administration/webhooks/webhooks-queries';
import { queries } from '../api/client';

export const Route = createFileRoute('/_signed-in/administration/webhooks')({
  loader: () => queries.query({ ...webhooksQuery(), staleTime: 'static' }),
  component: WebhooksPage,
});
