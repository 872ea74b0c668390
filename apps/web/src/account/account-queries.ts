import { api } from '../api/client';

export const accountQuery = () => api.queryOptions('get', '/api/v1/account');
export const sessionsQuery = () => api.queryOptions('get', '/api/v1/auth/sessions');
