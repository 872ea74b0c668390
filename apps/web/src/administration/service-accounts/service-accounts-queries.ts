import { api } from '../../api/client';
import type { components } from '../../api/schema';

export type ServiceAccount = components['schemas']['ServiceAccountsAnswer']['items'][number];

export const serviceAccountsQuery = () => api.queryOptions('get', '/api/v1/service-accounts');
