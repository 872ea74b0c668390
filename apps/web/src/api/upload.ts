import { ApiProblem } from './problem';
import type { components } from './schema';
import { sessions } from './session';

export type StoredFile = components['schemas']['FileAnswer'];

interface How {
  /** What the file is, as the API names it. */
  readonly type: string;
  readonly signal?: AbortSignal;
  /** @param share Of the file that was sent, 0 to 1 */
  readonly progress?: (share: number) => void;
}

/** Brings a file to a procedure. The same file again changes nothing. @throws ApiProblem when it is refused */
export async function upload(procedure: string, file: File, how: How): Promise<StoredFile> {
  const first = await send(procedure, file, how);
  // The session may have ended while the file was chosen: one more try tells.
  const answer = first.status === 401 && (await sessions.renew()).state === 'in' ? await send(procedure, file, how) : first;
  if (!answer.ok) throw await ApiProblem.of(answer);
  return (await answer.json()) as StoredFile;
}

/** Only the older of both ways to send tells how far it is. */
async function send(procedure: string, file: File, { type, signal, progress }: How): Promise<Response> {
  const token = await sessions.token();
  if (token === null) throw ApiProblem.signedOut();
  const request = new XMLHttpRequest();
  request.open('POST', `/api/v1/procedures/${procedure}/attachments?name=${encodeURIComponent(file.name.normalize('NFC'))}`);
  request.setRequestHeader('content-type', type);
  request.setRequestHeader('authorization', `Bearer ${token}`);
  request.setRequestHeader('accept-language', document.documentElement.lang);
  return new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => progress?.(total === 0 ? 0 : loaded / total);
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
    request.onerror = () => reject(ApiProblem.unreachable(null));
    request.onabort = () => reject(new DOMException('The file was not sent.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
