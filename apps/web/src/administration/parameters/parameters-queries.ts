import { api, command, readAnew } from '../../api/client';
import type { components } from '../../api/schema';

export type Parameter = components['schemas']['ParameterAnswer'];

/** Every parameter with all of its versions. */
export const parametersQuery = () => api.queryOptions('get', '/api/v1/parameters');

/** Sets it from a day on, and has what is shown of it read anew. */
export async function setParameter(name: Parameter['name'], body: Readonly<Record<string, unknown>>, key: string): Promise<void> {
  await command('POST', `/api/v1/parameters/${name}/versions`, body, { key });
  await readAnew(({ queryKey: [, path] }) => path === '/api/v1/parameters');
}
