import { createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { checkpointText } from './verifier/checkpoint.js';
import type { TreeHead } from './verifier/merkle.js';
import { signatureLine } from './verifier/note.js';
import type { SignerKey } from './verifier/note-keys.js';

/** Before the 32 octets of a private Ed25519 key in PKCS #8 (RFC 8410, 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs the trees of one log, by its key, and by the one before while that is to be believed still. */
export class CheckpointSigner {
  private readonly keys: readonly { readonly key: SignerKey; readonly secret: KeyObject }[];

  /** @param keys of one name, the present one first */
  constructor(readonly keysOfLog: readonly [SignerKey, ...SignerKey[]]) {
    this.keys = keysOfLog.map((key) => ({
      key,
      secret: createPrivateKey({ key: Buffer.concat([pkcs8, key.seed]), format: 'der', type: 'pkcs8' }),
    }));
  }

  get origin(): string {
    return this.keysOfLog[0].name;
  }

  /** The checkpoint as a signed note (c2sp.org/tlog-checkpoint, c2sp.org/signed-note). */
  sign({ size, root }: TreeHead): string {
    return this.signText(checkpointText({ origin: this.origin, size, root }));
  }

  /** The text, which ends in a newline, as a signed note. */
  signText(text: string): string {
    const octets = Buffer.from(text);
    const lines = this.keys.map(({ key: { name, id }, secret }) => signatureLine({ name, id, signature: sign(null, octets, secret) }));
    return `${text}\n${lines.join('')}`;
  }
}
