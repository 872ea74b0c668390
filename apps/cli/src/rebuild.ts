import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { ApiClient } from './client.js';
import { tellingWhatWasDone } from './interruption.js';
import type { People } from './people.js';
import { segment } from './segment.js';
import { inLine, say } from './terminal.js';

interface ProcessorStatus {
  readonly name: string;
  readonly kind: string;
  readonly version: number;
  readonly state: string;
  readonly position: string;
  readonly lagEvents: number | null;
}

const waitMs = 30 * 60_000;

/** Starts the rebuild of a view and follows it until its new version serves. */
export async function rebuildView(api: ApiClient, people: People, name: string): Promise<void> {
  const token = await people.token('administrator', 'service');
  const status = async (): Promise<ProcessorStatus> => {
    const views = (await api.get<readonly ProcessorStatus[]>('/api/v1/processors', { token })).filter(({ kind }) => kind === 'view');
    const view = views.find((one) => one.name === name);
    if (!view) throw new Error(`There is no view named ${name}; there are ${views.map((one) => one.name).join(', ')}.`);
    return view;
  };

  const before = await status();
  await api.post(`/api/v1/processors/${segment(name)}/rebuild`, {}, { token });
  const onServer = `The rebuild of ${name} goes on in the server, see GET /api/v1/processors.`;
  const bar = process.stdout.isTTY ? new SingleBar({ format: `${name} {bar} {percentage} %, {state}`, hideCursor: true }) : null;
  bar?.start(1, 0, { state: 'started' });
  try {
    const until = Date.now() + waitMs;
    while (Date.now() < until) {
      const now = await tellingWhatWasDone(status, () => `Interrupted. ${onServer}`);
      if (bar && now.lagEvents !== null) {
        bar.setTotal(Math.max(1, Number(now.position) + now.lagEvents));
        bar.update(Number(now.position), { state: inLine(now.state) });
      }
      if (now.state === 'failed')
        throw new Error(`The rebuild of ${name} failed; version ${now.version} goes on serving. The server's log says why.`);
      if (now.version > before.version && now.state === 'live') {
        bar?.stop();
        say(`${name} is live in version ${now.version}.`);
        return;
      }
      await sleep(200);
    }
  } finally {
    bar?.stop();
  }
  throw new Error(`After ${waitMs / 60_000} minutes it is not done. ${onServer}`);
}
