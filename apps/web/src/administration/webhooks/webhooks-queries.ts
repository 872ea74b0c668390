import { api, readAnew } from '../../api/client';
import type { components } from '../../api/schema';

export type Webhook = components['schemas']['WebhookAnswer'];
export type WebhookEvents = components['schemas']['NewWebhookDto']['events'];
export type Delivery = components['schemas']['WebhookDeliveryAnswer'];

export const webhooksQuery = () => api.queryOptions('get', '/api/v1/webhooks');

/** Does something with webhooks, and has what is shown of them read anew. */
export async function andRead<Answer>(order: Promise<Answer>): Promise<Answer> {
  const answer = await order;
  await readAnew(({ queryKey: [, path] }) => typeof path === 'string' && path.startsWith('/api/v1/webhooks'));
  return answer;
}
