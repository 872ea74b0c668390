import { api } from '../api/client';

export const sessionsQuery = () => api.queryOptions('get', '/api/v1/auth/sessions');
