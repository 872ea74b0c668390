import { ed25519Type, parseVerifierKey } from '#audit/verifier';
import type { VerifierKey } from '#audit/verifier';
import { complain, say } from '../terminal.js';
import { serveWitness } from './witness-server.js';
import { Witness } from './witness.js';
import { WitnessFolder } from './witness-folder.js';

export interface WitnessOptions {
  readonly origin: string;
  /** Of the log; two while one takes over from the other. */
  readonly key: readonly string[];
  /** The folder. */
  readonly state: string;
  /** (Default: one that is drawn) */
  readonly name?: string;
}

/** Serves until it is told to end. @throws Error with a sentence */
export async function witness(
  { origin, key, state, name }: WitnessOptions,
  at: { readonly host: string; readonly port: number },
): Promise<void> {
  const keys = key.map((text) => logKey(text, origin));
  const folder = await WitnessFolder.open(state, { name, onLost: endAtOnce });
  try {
    await folder.trust(origin, keys);
    if (folder.alarmCount > 0) complain(`This witness was alarmed ${folder.alarmCount} times: look at ${state}/alarms.`);
    const served = await serveWitness({ witness: new Witness(folder), folder }, at);
    say(`The witness ${folder.key.name} is ready at ${served.url}`);
    await toldToEnd();
    await served.close();
  } finally {
    folder.release();
  }
}

/** @throws Error with a sentence */
export function logKey(text: string, origin: string): VerifierKey {
  const key = parseVerifierKey(text);
  if (key.type !== ed25519Type) throw new Error('--key is not the key of a log.');
  if (key.name !== origin) throw new Error(`--key is that of ${key.name}, not of ${origin}: a log's key is called as its origin.`);
  return key;
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

function endAtOnce(): void {
  complain('Another process has taken the folder of this witness: it ends here.');
  process.exit(1);
}
