import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Rejected } from '#event-store';
import type { EventStore } from '#event-store';
import { codeOf } from '#platform';
import type { AuditConfig } from '#platform';
import { CheckpointSigner } from './checkpoint-signer.js';
import { changeKey, openIdentity, present, readIdentity } from './log-identity.js';
import type { LogIdentity } from './log-identity.js';
import { ed25519Type, parseSignerKey, signerKey, signerKeyText, verifierKeyText } from './verifier/note-keys.js';
import type { SignerKey } from './verifier/note-keys.js';

/** Under which name a log is sealed, and what this process can sign with. */
export interface LogKeys {
  /** Null where the log has no tree yet, and this process has no key to begin one with. */
  readonly identity: LogIdentity | null;
  /** Null where this process does not have the key of the log; another one may. */
  readonly signer: CheckpointSigner | null;
}

/** The configured name or key is not that of the log. The sentence is for the operator. */
export class AuditMisconfigured extends Error {
  override readonly name = 'AuditMisconfigured';
}

const keyFile = 'audit.key';

/**
 * The name and the keys of the log's tree. A log without a name gets one, and a key where none is configured: `audit.key` in the data
 * folder. A configured key that is not the log's takes over from the log's where that is given as the previous one.
 * @throws AuditMisconfigured, Unavailable
 */
export async function openLogKeys(store: EventStore, { audit, dataDir }: { audit: AuditConfig; dataDir: string }): Promise<LogKeys> {
  const recorded = await readIdentity(store);
  if (recorded && audit.origin !== undefined && audit.origin !== recorded.origin)
    throw new AuditMisconfigured(
      `AUDIT_ORIGIN is ${audit.origin}, but the tree of this log is called ${recorded.origin} for ever: leave the variable out, or name that.`,
    );
  const given = audit.key === undefined ? null : readKey('AUDIT_KEY or AUDIT_KEY_FILE', audit.key);
  const stored = given ? null : await storedKey(dataDir);
  const origin = recorded?.origin ?? audit.origin ?? (given ?? stored)?.name ?? `tinhgon.local/${randomUUID()}`;
  const configured = given && ofOrigin(given, origin);
  const previous = audit.previousKey === undefined ? null : ofOrigin(readKey('AUDIT_PREVIOUS_KEY_FILE', audit.previousKey), origin);
  const own = configured ?? (stored?.name === origin ? stored : null);
  const made = own || recorded || stored ? null : await makeKey(dataDir, origin);
  // Another process was quicker: its key stands there now.
  if (made === 'there') return openLogKeys(store, { audit, dataDir });
  const key = own ?? made;
  if (!key) return { identity: recorded, signer: null };
  const identity = recorded ?? (await openIdentity(store, origin, verifierKeyText(key)));
  if (verifierKeyText(key) === present(identity)) return { identity, signer: new CheckpointSigner([key, ...(previous ? [previous] : [])]) };
  // A folder of another time, or of another process: it holds a key that nobody asked for.
  if (!configured) return { identity, signer: null };
  if (!previous || verifierKeyText(previous) !== present(identity))
    throw new AuditMisconfigured(
      `The configured key is not that of the log, ${present(identity)}. To have it take over, name the file with the log's key in AUDIT_PREVIOUS_KEY_FILE.`,
    );
  try {
    return { identity: await changeKey(store, verifierKeyText(configured)), signer: new CheckpointSigner([configured, previous]) };
  } catch (error) {
    throw error instanceof Rejected ? new AuditMisconfigured(error.message) : error;
  }
}

function readKey(variable: string, text: string): SignerKey {
  try {
    const key = parseSignerKey(text);
    if (key.type === ed25519Type) return key;
  } catch {
    // Below, for what it says may repeat the key.
  }
  throw new AuditMisconfigured(
    `${variable} must hold a signer key of one line, PRIVATE+KEY+name+hash+base64, for Ed25519 signatures of notes.`,
  );
}

function ofOrigin(key: SignerKey, origin: string): SignerKey {
  if (key.name === origin) return key;
  throw new AuditMisconfigured(
    `The configured key is called ${key.name}, but the tree of this log ${origin}: its keys are called as it is.`,
  );
}

/** Null where there is none. */
async function storedKey(dataDir: string): Promise<SignerKey | null> {
  const text = await readFile(join(dataDir, keyFile), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : readKey(join(dataDir, keyFile), text.trim());
}

/** On disk before anything is signed with it. Null where the folder takes no file: a server may have none of its own. */
async function makeKey(dataDir: string, origin: string): Promise<SignerKey | 'there' | null> {
  const key = signerKey(origin, ed25519Type, randomBytes(32));
  const path = join(dataDir, keyFile);
  const beginning = `${path}.${randomUUID()}`;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const file = await open(beginning, 'wx', 0o600);
    try {
      await file.writeFile(`${signerKeyText(key)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (['EACCES', 'EROFS', 'ENOENT', 'EPERM'].includes(codeOf(error))) return null;
    throw error;
  }
  // Of two processes that make one in the same folder, the first has it for both.
  const isFirst = await link(beginning, path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    },
  );
  await unlink(beginning);
  return isFirst ? key : 'there';
}
