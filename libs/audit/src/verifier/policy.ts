import { Malformed } from './malformed.js';
import { cosignatureType, ed25519Type, parseVerifierKey, type SignatureType, type VerifierKey } from './note-keys.js';
import { hex, textOf, wholeNumber } from './octets.js';

/** Octets of the longest policy file that is read, and most logs, witnesses and groups together. */
const longestPolicy = 500_000;
const mostDefined = 1000;

/** Whose checkpoints are believed, and who must have seen them besides. c2sp.org/tlog-policy */
export interface Policy {
  /** A checkpoint is signed by one of these; a log's key is named as its origin. */
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** Null where nobody besides the log is asked for. */
  readonly quorum: QuorumMember | null;
}

interface PolicyLog {
  readonly key: VerifierKey;
  readonly url?: string;
}

export interface PolicyWitness {
  /** Of the policy file, not of the key. */
  readonly name: string;
  readonly key: VerifierKey;
  readonly url?: string;
}

interface PolicyGroup {
  readonly name: string;
  /** How many of the members must have seen a checkpoint. */
  readonly atLeast: number;
  readonly members: readonly QuorumMember[];
}

type QuorumMember = PolicyWitness | PolicyGroup;

/** Only the log is asked for. */
export const policyOfKey = (key: VerifierKey): Policy => ({ logs: [{ key }], witnesses: [], quorum: null });

/** Whether those who cosigned are enough. */
export function isQuorum({ quorum }: Policy, cosigned: ReadonlySet<VerifierKey>): boolean {
  const has = (member: QuorumMember): boolean =>
    'key' in member ? cosigned.has(member.key) : member.members.filter(has).length >= member.atLeast;
  return quorum === null || has(quorum);
}

/** A policy file. The last line may be without its newline. @throws Malformed, with the number of the line */
export function parsePolicy(octets: Uint8Array): Policy {
  if (octets.length > longestPolicy) throw new Malformed(`A policy has at most ${longestPolicy} octets.`);
  const reading = new PolicyReading();
  // Octets beyond ASCII are opaque to the file: one character for each, so that names are compared by their octets.
  let line = '';
  let number = 1;
  for (const octet of octets) {
    if (octet === 0x0a) {
      atLine(number, () => reading.take(line));
      line = '';
      number += 1;
    } else if (octet === 0x09 || (octet >= 0x20 && octet !== 0x7f)) {
      line += String.fromCharCode(octet);
    } else {
      throw new Malformed(`Line ${number} of the policy has a control character.`);
    }
  }
  atLine(number, () => reading.take(line));
  return reading.policy();
}

function atLine(number: number, take: () => void): void {
  try {
    take();
  } catch (error) {
    throw error instanceof Malformed ? new Malformed(`Line ${number} of the policy: ${error.message}`) : error;
  }
}

class PolicyReading {
  private readonly logs: PolicyLog[] = [];
  private readonly witnesses: PolicyWitness[] = [];
  private readonly defined = new Map<string, QuorumMember>();
  private readonly inGroups = new Set<QuorumMember>();
  private quorum: QuorumMember | null | undefined;

  take(line: string): void {
    const [keyword, ...items] = line.split(/[ \t]+/).filter((item) => item !== '');
    if (keyword === undefined || keyword.startsWith('#')) return;
    if (this.logs.length + this.defined.size >= mostDefined) throw new Malformed(`more than ${mostDefined} logs, witnesses and groups.`);
    if (keyword === 'log') this.takeLog(items);
    else if (keyword === 'witness') this.takeWitness(items);
    else if (keyword === 'group') this.takeGroup(items);
    else if (keyword === 'quorum') this.takeQuorum(items);
    else throw new Malformed('only log, witness, group and quorum can stand here.');
  }

  policy(): Policy {
    if (this.quorum === undefined) throw new Malformed('A policy says its quorum; `quorum none` asks for no witness.');
    return { logs: this.logs, witnesses: this.witnesses, quorum: this.quorum };
  }

  private takeLog([vkey, url, ...rest]: readonly string[]): void {
    if (vkey === undefined || rest.length > 0) throw new Malformed('a log has a key and perhaps a URL.');
    const key = keyOf(vkey, ed25519Type, this.logs);
    this.logs.push({ key, ...(url !== undefined && { url: shownText(url) }) });
  }

  private takeWitness([name, vkey, url, ...rest]: readonly string[]): void {
    if (name === undefined || vkey === undefined || rest.length > 0) throw new Malformed('a witness has a name, a key and perhaps a URL.');
    const key = keyOf(vkey, cosignatureType, this.witnesses);
    const witness = { name: shownText(name), key, ...(url !== undefined && { url: shownText(url) }) };
    this.define(name, witness);
    this.witnesses.push(witness);
  }

  private takeGroup([name, count, ...names]: readonly string[]): void {
    if (name === undefined || count === undefined || names.length === 0) throw new Malformed('a group has a name, a number and members.');
    const atLeast = count === 'any' ? 1 : count === 'all' ? names.length : wholeNumber(count);
    if (atLeast < 1 || atLeast > names.length) throw new Malformed('a group asks for one member at least and for all at most.');
    const members = names.map((member) => this.known(member));
    for (const member of members) {
      if (this.inGroups.has(member)) throw new Malformed('each witness and each group is a member once.');
      this.inGroups.add(member);
    }
    this.define(name, { name: shownText(name), atLeast, members });
  }

  private takeQuorum([name, ...rest]: readonly string[]): void {
    if (this.quorum !== undefined) throw new Malformed('there is one quorum.');
    if (name === undefined || rest.length > 0) throw new Malformed('a quorum is one name.');
    this.quorum = name === 'none' ? null : this.known(name);
  }

  private define(name: string, member: QuorumMember): void {
    if (name === 'none' || this.defined.has(name)) throw new Malformed('this name is taken.');
    this.defined.set(name, member);
  }

  private known(name: string): QuorumMember {
    const member = this.defined.get(name);
    if (member === undefined) throw new Malformed('a name is used only below the line that defines it.');
    return member;
  }
}

function keyOf(text: string, type: SignatureType, others: readonly { readonly key: VerifierKey }[]): VerifierKey {
  const key = parseVerifierKey(textOf(octetsOf(text)));
  if (key.type !== type) throw new Malformed(type === ed25519Type ? 'this is not the key of a log.' : 'this is not the key of a witness.');
  if (others.some((other) => hex(other.key.publicKey) === hex(key.publicKey))) throw new Malformed('this key was there before.');
  return key;
}

const octetsOf = (opaque: string): Uint8Array => Uint8Array.from(opaque, (letter) => letter.charCodeAt(0));

/** For people: as UTF-8 where it is. */
function shownText(opaque: string): string {
  try {
    return textOf(octetsOf(opaque));
  } catch {
    return opaque;
  }
}
