import { api, command, readAnew } from '../../api/client';
import type { components } from '../../api/schema';

export type PaperName = components['schemas']['PaperTemplateAnswer']['paper'];
export type PaperTemplate = components['schemas']['PaperTemplateAnswer'];

/** Every paper with the placeholders that its template may hold. */
export const papersQuery = () => api.queryOptions('get', '/api/v1/papers');

/** The wording that a paper has, and had. */
export const templateQuery = (paper: PaperName) =>
  api.queryOptions('get', '/api/v1/papers/{paper}/template', { params: { path: { paper } } });

/** Changes the wording, and has what is shown of it read anew. */
export async function changeTemplate(
  paper: PaperName,
  how: 'versions' | 'restore',
  body: Readonly<Record<string, unknown>>,
  key: string,
): Promise<void> {
  await command('POST', `/api/v1/papers/${paper}/template/${how}`, body, { key });
  await readAnew(({ queryKey: [, path] }) => path === '/api/v1/papers/{paper}/template');
}
