import type { ApiClient } from './client.js';
import type { People } from './people.js';
import { table } from './table.js';

interface HistoryItem {
  readonly revision: number | null;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: { readonly name: string | null; readonly role: string | null };
  readonly stageBefore: string | null;
  readonly stageAfter: string | null;
}

/** Prints what happened to a procedure, oldest first. */
export async function showHistory(api: ApiClient, people: People, id: string): Promise<void> {
  const token = await people.token('auditor', 'ministry');
  const at = `/api/v1/procedures/${encodeURIComponent(id)}`;
  const { title } = await api.get<{ title: string }>(at, { token });
  const { items } = await api.get<{ items: readonly HistoryItem[] }>(`${at}/history`, { token });
  const rows = items.map(({ revision, type, recordedAt, actor, stageBefore, stageAfter }) => [
    String(revision ?? ''),
    recordedAt.replace('T', ' ').slice(0, 19),
    type,
    `${actor.name ?? 'unknown'} (${actor.role ?? 'unknown'})`,
    stageBefore === stageAfter ? (stageAfter ?? '') : `${stageBefore ?? '·'} → ${stageAfter ?? '·'}`,
  ]);
  console.log(`${title}\n\n${table([['revision', 'recorded at (UTC)', 'event', 'by', 'stage'], ...rows])}`);
}
