import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openDesk } from './desk.js';
import type { Acknowledged, Target } from './desk.js';

// Sends commands until it is killed: `node writer.js <target as JSON>`. One line per acknowledged command.
const { send } = await openDesk(JSON.parse(process.argv[2] ?? '') as Target);

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
