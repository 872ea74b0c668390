import { renewing } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { Import, Wanted } from './imports-queries';

/** Sends a sheet to be looked at, or entered. @param how.key The same for a sheet that is sent again @throws ApiProblem when it is refused */
export async function sendSheet(
  { file, kind, partial }: Wanted,
  { dryRun, key }: { readonly dryRun: boolean; readonly key: string },
): Promise<Import> {
  const form = new FormData();
  form.set('file', file, file.name.normalize('NFC'));
  const url = new URL('/api/v1/imports', window.location.origin);
  url.search = new URLSearchParams({ kind, dryRun: String(dryRun), partial: String(partial) }).toString();
  const response = await renewing(new Request(url, { method: 'POST', body: form, headers: { 'idempotency-key': key } }));
  if (!response.ok) throw await ApiProblem.of(response);
  return (await response.json()) as Import;
}
