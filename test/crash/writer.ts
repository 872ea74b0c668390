import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openDesk } from './desk.js';
import type { Acknowledged } from './desk.js';

// Sends commands until it is killed: `node writer.js <data folder or database URL>`. One line per acknowledged command.
const { send } = await openDesk(process.argv[2] ?? '');

async function acknowledged(step: Acknowledged['step'], id?: string): Promise<string> {
  const key = randomUUID();
  const answer = await send(step, key, id);
  // Written at once and in one piece: what the reader has seen was acknowledged.
  writeSync(1, `${JSON.stringify({ step, key, answer } satisfies Acknowledged)}\n`);
  return answer.id;
}

async function work(): Promise<never> {
  for (;;) {
    const id = await acknowledged('register');
    await acknowledged('review', id);
    await acknowledged('propose', id);
  }
}

await Promise.all(Array.from({ length: 8 }, work));
