import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Role } from '#workflow';
import type { ApiClient } from './client.js';
import { Interrupted } from './interruption.js';
import type { People } from './people.js';
import { inLine, say } from './terminal.js';

/** What sheets hold, and who brings it in. */
const sheetKinds = {
  procedures: 'officer',
  options: 'officer',
  units: 'administrator',
  people: 'administrator',
  indicators: 'officer',
} as const satisfies Readonly<Record<string, Role>>;
export type SheetKind = keyof typeof sheetKinds;

interface Import {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly refusedRows: number;
  readonly refused: readonly { readonly row: number; readonly column: string; readonly message: string }[];
}

const lookEveryMs = 500;
/** For a file of 100 MB. */
const sendingMs = 60_000;

/**
 * Has a sheet checked, and entered where that is wanted; prints what is wrong by row and column. Interrupted, it stops the import. Throws a sentence
 * when not all of it was good.
 */
export async function importSheet(
  api: ApiClient,
  people: People,
  file: string,
  {
    kind,
    run = false,
    partial = false,
  }: { readonly kind: SheetKind; readonly run?: boolean | undefined; readonly partial?: boolean | undefined },
): Promise<void> {
  const content = await readFile(file).catch((error: unknown) => {
    throw new Error(`${file} cannot be read.`, { cause: error });
  });
  const token = await people.token(sheetKinds[kind], 'service');
  const query = new URLSearchParams({ kind, dryRun: String(!run), partial: String(partial) }).toString();
  const call = { token, idempotencyKey: randomUUID(), timeoutMs: sendingMs };
  const begun = await api.upload<Import>(`/api/v1/imports?${query}`, formWith(basename(file).normalize('NFC'), content), call);
  const ended = await followed(api, begun, token);
  for (const { row, column, message } of ended.refused) say(inLine(`${placeOf(row, column)}: ${message}`));
  const { state, rows, accepted, repeated, refusedRows } = ended;
  const counts = `${accepted} ${run ? 'entered' : 'would be entered'}, ${repeated} there already, ${refusedRows} refused`;
  say(`${rows} rows: ${counts}.`);
  if (state !== 'done' || refusedRows > 0) throw new Error(`${file} is ${state}.${run ? ' The same again enters nothing twice.' : ''}`);
  if (!run) say('Nothing was entered: this was a check. Say --run to enter it.');
}

const placeOf = (row: number, column: string): string => {
  if (row === 0) return 'The file';
  return column === '' ? `Row ${row}` : `Row ${row}, ${column}`;
};

async function followed(api: ApiClient, begun: Import, token: string): Promise<Import> {
  const path = `/api/v1/imports/${begun.id}`;
  const bar = process.stderr.isTTY ? new SingleBar({ format: '{bar} {value}/{total} rows' }) : null;
  let now = begun;
  try {
    bar?.start(now.rows, 0);
    while (now.state === 'checking' || now.state === 'running') {
      await sleep(lookEveryMs, undefined, { signal: api.signal });
      now = await api.get<Import>(path, { token });
      bar?.setTotal(now.rows);
      bar?.update(now.accepted + now.repeated + now.refusedRows);
    }
    return now;
  } catch (error) {
    if (!api.signal.aborted) throw error;
    await fetch(`${api.url}${path}/cancel`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: '{}' }); // prettier-ignore
    throw new Interrupted(
      `Interrupted: the import was stopped. ${now.accepted} rows are entered; the same again enters none of them twice.`,
    );
  } finally {
    bar?.stop();
  }
}

/** A form (RFC 7578) with the file. */
function formWith(name: string, content: Buffer): { readonly type: string; readonly content: Uint8Array<ArrayBuffer> } {
  const boundary = `----tinhgon${randomBytes(16).toString('hex')}`;
  const quoted = name.replace(/["\r\n]/g, '_');
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return { type: `multipart/form-data; boundary=${boundary}`, content: new Uint8Array(Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)])) }; // prettier-ignore
}
