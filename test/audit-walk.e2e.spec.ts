import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logOf, startApp } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { goodReview, order, registration, signInAs } from './support/client.js';
import { startPostgres } from './support/postgres-server.js';
import type { PostgresServer } from './support/postgres-server.js';

interface Walked {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

// Where it is not there, the second verifier is left out.
const hasPython = spawnSync('python3', ['--version']).status === 0;
const holdsInPython = (what: string): RegExp => new RegExp(hasPython ? `${what}.*: holds\\n$` : '');

describe('the walk of an auditor, as the manual has it', () => {
  let server: PostgresServer;
  let app: StartedApp;
  let folder: string;
  let env: Readonly<Record<string, string>>;
  let steps: readonly string[];
  const blocksOf = async (kind: string): Promise<readonly string[]> => {
    const manual = await readFile('docs/audit.md', 'utf8');
    return [...manual.matchAll(new RegExp(`^\`\`\`bash ${kind}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block ?? '');
  };
  const walk = async (...blocks: readonly (string | undefined)[]): Promise<Walked> => {
    const script = blocks.join('\n').replaceAll(/^python3/gm, hasPython ? 'python3' : ':');
    try {
      const { stdout, stderr } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { env: { ...process.env, ...env } });
      return { code: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as Walked;
      return { code, stdout, stderr };
    }
  };

  beforeAll(async () => {
    [server, folder, steps] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'tinhgon-walk-')), blocksOf('walk')]);
    app = await startApp({ env: { DATABASE_URL: server.url } });
    const { token } = await signInAs(app.url, 'auditor', 'ministry');
    const { eventStore, streamPrefix } = logOf(server.url);
    const log = eventStore === undefined ? {} : { EVENT_STORE: eventStore, STREAM_PREFIX: streamPrefix };
    env = { WALK: folder, AUDITOR: token ?? '', TINHGON_URL: app.url, DATABASE_URL: server.url, ...log };
  });
  afterAll(async () => {
    await app.stop();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  /** Its proof is given once it is sealed. */
  const sealed = async (position: string): Promise<void> => {
    const headers = { authorization: `Bearer ${env['AUDITOR'] ?? ''}` };
    expect((await fetch(`${app.url}/api/v1/audit/proof?position=${position}`, { headers })).status).toBe(200);
  };

  /** What whoever administers the log does to the events of a procedure, and how that is found: they change one, or have the server hide one. */
  const harm = async (
    id: string,
    { first, second }: { readonly first: string; readonly second: string },
  ): Promise<{ readonly index: string; readonly words: string }> => {
    const superuser = new pg.Client({ connectionString: server.url });
    await superuser.connect();
    const { eventStore, streamPrefix } = logOf(server.url);
    if (eventStore === undefined)
      await superuser.query(`UPDATE event_log.events SET data = jsonb_set(data::jsonb, '{necessary}', 'false') WHERE position = $1`, [
        second,
      ]);
    else {
      const client = EventStoreDBClient.connectionString(eventStore);
      await client.setStreamMetadata(`${streamPrefix}procedure-${id}`, { truncateBefore: 1 });
      await client.dispose();
    }
    const { rows } = await superuser.query<{ index: string }>('SELECT index FROM audit.leaves WHERE position = $1', [
      eventStore === undefined ? second : first,
    ]);
    await superuser.end();
    return {
      index: rows[0]?.index ?? '',
      words:
        eventStore === undefined
          ? 'event: The event in the log is not the one that was sealed: another data.'
          : `missing: procedure-${id} is cut by $tb 1 and begins with revision 1;`,
    };
  };

  it('finds all of it in order, and names what a superuser of the database changed', async () => {
    const [keep, goOn, take] = steps;
    expect(steps).toHaveLength(3);
    const officer = await signInAs(app.url, 'officer', 'service');
    const { id, position } = await order(officer, 'procedures', registration(officer));
    await sealed(position);
    expect(await walk(keep)).toEqual({ code: 0, stdout: '', stderr: '' });

    const reviewed = await order(officer, `procedures/${id}/actions/review`, goodReview);
    await sealed(reviewed.position);
    const gone = await walk(goOn, take);
    expect(gone.stdout).toMatch(/, since \d+ leaves/);
    expect(gone.stdout).toMatch(holdsInPython('entries go on from \\d+ of tinhgon\\.local/[0-9a-f-]{36}'));
    expect(gone.code).toBe(0);

    const verified = await walk(...(await blocksOf('verify')));
    expect(verified.stdout).toMatch(holdsInPython('bundle\\.zip: \\d+ entries of \\d+ in '));
    expect(verified.code).toBe(0);

    const database = await blocksOf('database');
    expect((await walk(...database)).code).toBe(0);
    const { index, words } = await harm(id, { first: position, second: reviewed.position });
    const found = await walk(...database);
    expect(found.code).toBe(1);
    expect(found.stderr).toContain(`leaf ${index}, ${words}`);
    // What was taken along is what it was.
    expect((await walk(...(await blocksOf('verify')))).code).toBe(0);
  });
});
