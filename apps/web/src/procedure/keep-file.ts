import { client } from '../api/client';
import { saveFile } from '../format/save-file';

/** Has the browser keep a file of a procedure. @throws ApiProblem when it is refused */
export async function keepFile(procedure: string, { hash, name }: { readonly hash: string; readonly name: string }): Promise<void> {
  const params = { path: { id: procedure, hash } };
  const { data } = await client.GET('/api/v1/procedures/{id}/attachments/{hash}', { params, parseAs: 'blob' });
  if (data === undefined) throw new Error('An accepted call has an answer.');
  saveFile(data, name);
}
