import { randomBytes } from 'node:crypto';
import { Malformed, ed25519Type, signerKey, signerKeyText, verifierKeyText } from '#audit/verifier';
import { complain, say } from './terminal.js';

/** Prints a new key; its public part goes to standard error, so that the key alone can be sent into a file. @throws Error with a sentence */
export function makeLogKey(origin: string): void {
  try {
    const key = signerKey(origin, ed25519Type, randomBytes(32));
    say(signerKeyText(key));
    complain(`Whoever verifies keeps its public part: ${verifierKeyText(key)}`);
  } catch (error) {
    throw error instanceof Malformed ? new Error(`--origin: ${error.message}`, { cause: error }) : error;
  }
}
