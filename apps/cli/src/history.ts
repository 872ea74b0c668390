import type { ApiClient } from './client.js';
import type { People } from './people.js';
import { segment } from './segment.js';
import { table } from './table.js';
import { inLine, say } from './terminal.js';

interface HistoryItem {
  readonly revision: number | null;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: {
    readonly name: string | null;
    readonly role: string | null;
    readonly onBehalfOf?: string;
    readonly onBehalfOfName?: string | null;
  };
  readonly stageBefore: string | null;
  readonly stageAfter: string | null;
}

/** By the clock on the wall where the command runs (TZ): Swedish writes it as `2026-01-31 08:15:00`. */
const local = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** Prints what happened to a procedure, oldest first. */
export async function showHistory(api: ApiClient, people: People, id: string): Promise<void> {
  const token = await people.token('auditor', 'ministry');
  const at = `/api/v1/procedures/${segment(id)}`;
  const { title } = await api.get<{ title: string }>(at, { token });
  const rows = (await wholeHistory(api, `${at}/history`, token)).map(({ revision, type, recordedAt, actor, stageBefore, stageAfter }) => [
    String(revision ?? ''),
    local.format(new Date(recordedAt)),
    type,
    byWhom(actor),
    stageBefore === stageAfter ? (stageAfter ?? '') : `${stageBefore ?? '·'} → ${stageAfter ?? '·'}`,
  ]);
  say(`${inLine(title)}\n\n${table([['revision', `recorded at (${local.resolvedOptions().timeZone})`, 'event', 'by', 'stage'], ...rows])}`);
}

function byWhom({ name, role, onBehalfOf, onBehalfOfName }: HistoryItem['actor']): string {
  const actor = `${name ?? 'unknown'} (${role ?? 'unknown'})`;
  return onBehalfOf === undefined ? actor : `${actor} for ${onBehalfOfName ?? 'unknown'}`;
}

/** All pages; what is shown of a line is small, whatever the line has. */
async function wholeHistory(api: ApiClient, path: string, token: string): Promise<readonly HistoryItem[]> {
  const all: HistoryItem[] = [];
  let query = '';
  for (;;) {
    const page = await api.get<{ items: readonly HistoryItem[]; nextCursor: string | null }>(`${path}${query}`, { token });
    for (const { revision, type, recordedAt, actor, stageBefore, stageAfter } of page.items)
      all.push({ revision, type, recordedAt, actor, stageBefore, stageAfter });
    if (page.nextCursor === null) return all;
    query = `?cursor=${page.nextCursor}`;
  }
}
