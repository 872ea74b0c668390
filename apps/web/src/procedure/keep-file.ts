import { answerOf, client } from '../api/client';
import { saveFile } from '../format/save-file';

/** Has the browser keep a file of a procedure. @throws ApiProblem when it is refused */
export async function keepFile(procedure: string, { hash, name }: { readonly hash: string; readonly name: string }): Promise<void> {
  const params = { path: { id: procedure, hash } };
  const content = await answerOf(client.GET('/api/v1/procedures/{id}/attachments/{hash}', { params, parseAs: 'blob' }));
  saveFile(content, name);
}
