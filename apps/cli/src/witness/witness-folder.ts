import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  cosign,
  cosignatureType,
  cosignatureVerifier,
  encodeNote,
  hex,
  noteVerifier,
  openNote,
  originHash,
  parseCheckpoint,
  parseSignerKey,
  parseVerifierKey,
  sha256,
  signerKey,
  signerKeyText,
  utf8,
  verifierKeyText,
} from '#audit/verifier';
import type { Alarm, NoteSignature, NoteVerifier, SignerKey, TreeHead, VerifierKey, WitnessAcceptance } from '#audit/verifier';
import { codeOf, lockFolder } from '#platform';
import type { FolderLock } from '#platform';
import { writeDurably } from './durable-file.js';

/** Most alarms that are kept; whoever holds a signed checkpoint can raise some, and shall not fill the disk. */
const mostAlarms = 1000;

/** A log that is witnessed, and what was cosigned of it last. */
interface Witnessed {
  readonly verifiers: readonly NoteVerifier[];
  readonly newest: TreeHead | null;
  /** The note as it was cosigned. */
  readonly note: Uint8Array | null;
}

/**
 * What a witness remembers, in a folder that one process has at a time: its key, the keys of each log, of each the newest checkpoint that
 * it cosigned, and what alarmed it.
 */
export class WitnessFolder {
  private readonly logs = new Map<string, Witnessed>();
  private alarms: readonly string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly lock: FolderLock,
    readonly key: SignerKey,
  ) {}

  /**
   * Makes the folder and the key where there are none. @param name of a key that is made @param onLost another process took the folder
   * @throws Error with a sentence, where another process has it, or a file in it is not as it was written
   */
  static async open(
    folder: string,
    { name, onLost }: { readonly name?: string | undefined; readonly onLost: () => void },
  ): Promise<WitnessFolder> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await lockFolder(folder, { onLost, patienceMs: 1000 }).catch((error: unknown) => {
      const holder = /process [^;]*/.exec(error instanceof Error ? error.message : '')?.[0];
      throw holder === undefined
        ? error
        : new Error(`The folder ${folder} is in use by ${holder}: one witness at a time.`, { cause: error });
    });
    try {
      const opened = new WitnessFolder(folder, lock, await keyIn(folder, name));
      opened.alarms = ((await found(opened.path('alarms'))) ?? '').split('\n').filter((line) => line !== '');
      return opened;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get alarmCount(): number {
    return this.alarms.length;
  }

  /** Witnesses the log of this origin by these keys from now on. @throws Error with a sentence, where what it remembers of it is damaged */
  async trust(origin: string, keys: readonly VerifierKey[]): Promise<void> {
    await this.remember(origin, keys);
    await writeDurably(this.path(`${originHash(origin)}.vkeys`), keys.map((key) => `${verifierKeyText(key)}\n`).join(''));
  }

  /** As `trust`, by the keys that it was told before. Says whether there are any. */
  async recall(origin: string): Promise<boolean> {
    const keys = await found(this.path(`${originHash(origin)}.vkeys`));
    if (keys !== null) await this.remember(origin, keys.trim().split('\n').map(parseVerifierKey));
    return keys !== null;
  }

  readonly logsOf = (origin: string): readonly NoteVerifier[] => this.logs.get(origin)?.verifiers ?? [];
  readonly newestOf = (origin: string): TreeHead | null => this.logs.get(origin)?.newest ?? null;

  /** The newest note that was cosigned for the origin of this hash. */
  noteOf(hash: string): Uint8Array | null {
    for (const [origin, { note }] of this.logs) if (originHash(origin) === hash) return note;
    return null;
  }

  /** Cosigns what was judged to be right, and returns the cosignature when it is on disk that it was given. */
  async cosign({ checkpoint, note, logSignatures }: WitnessAcceptance): Promise<NoteSignature> {
    const cosignature = cosign(note.text, Math.floor(Date.now() / 1000), this.key);
    const cosigned = encodeNote({ text: note.text, signatures: [...logSignatures, cosignature] });
    if (!this.lock.isHeld()) throw new Error('Another process has taken the folder of this witness.');
    await writeDurably(this.path(`${originHash(checkpoint.origin)}.checkpoint`), cosigned);
    this.logs.set(checkpoint.origin, { verifiers: this.logsOf(checkpoint.origin), newest: checkpoint, note: cosigned });
    return cosignature;
  }

  /** Keeps what alarmed: a line in `alarms`, and the request beside it. Says whether it is new. */
  async keepAlarm(alarm: Alarm, reason: string, request: Uint8Array): Promise<boolean> {
    const evidence = `alarm-${alarm}-${hex(sha256(request)).slice(0, 32)}.request`;
    if (this.alarms.some((line) => line.endsWith(evidence)) || this.alarms.length >= mostAlarms) return false;
    this.alarms = [...this.alarms, `${new Date().toISOString()} ${alarm}: ${reason} ${evidence}`];
    await writeDurably(this.path(evidence), request);
    await writeDurably(this.path('alarms'), this.alarms.map((line) => `${line}\n`).join(''));
    return true;
  }

  release(): void {
    this.lock.release();
  }

  private async remember(origin: string, keys: readonly VerifierKey[]): Promise<void> {
    const path = this.path(`${originHash(origin)}.checkpoint`);
    const text = await found(path);
    const note = text === null ? null : utf8(text);
    this.logs.set(origin, { verifiers: keys.map(noteVerifier), newest: note && this.ownCheckpoint(note, origin, path), note });
  }

  /** Without it a witness would sign two pasts: it is never taken for nothing. */
  private ownCheckpoint(note: Uint8Array, origin: string, path: string): TreeHead {
    try {
      const checkpoint = parseCheckpoint(openNote(note, [cosignatureVerifier(this.key)]).text);
      if (checkpoint.origin === origin) return checkpoint;
    } catch {
      // Below.
    }
    throw new Error(`${path} is not what this witness has cosigned: it signs nothing before the file is as it was.`);
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

async function keyIn(folder: string, name: string | undefined): Promise<SignerKey> {
  const path = join(folder, 'witness.key');
  const text = await found(path);
  const key = text === null ? await newKey(path, name) : parseSignerKey(text.trim());
  if (key.type !== cosignatureType) throw new Error(`${path} is not the key of a witness.`);
  if (name !== undefined && key.name !== name) throw new Error(`The witness of ${folder} is called ${key.name}, and keeps its name.`);
  await writeDurably(join(folder, 'witness.vkey'), `${verifierKeyText(key)}\n`);
  return key;
}

async function newKey(path: string, name: string | undefined): Promise<SignerKey> {
  const key = signerKey(name ?? `witness.local/${randomBytes(8).toString('hex')}`, cosignatureType, randomBytes(32));
  await writeDurably(path, `${signerKeyText(key)}\n`);
  return key;
}

async function found(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
