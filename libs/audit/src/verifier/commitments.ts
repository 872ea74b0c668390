import { canonicalJson } from './canonical.js';
import { hex, utf8 } from './octets.js';
import { hmacSha256, sha256, type Sha256 } from './sha256.js';

/** What a leaf commits to without showing it: an event's data, its whole metadata, and of a classified one its head besides. */
export const committedParts = ['data', 'metadata', 'head'] as const;
export type CommittedPart = (typeof committedParts)[number];

/** Octets of an event's salt, drawn at random for it alone. */
export const saltLength = 32;

const names = { data: utf8('data'), metadata: utf8('metadata'), head: utf8('head') } satisfies Record<CommittedPart, Uint8Array>;

/** The salt of one part, which proves that part and tells nothing about the others: HMAC-SHA-256(salt of the event, name of the part). */
export const partSalt = (salt: Uint8Array, part: CommittedPart, hash: Sha256 = sha256): Uint8Array => hmacSha256(salt, names[part], hash);

/** SHA-256(salt of the part ‖ UTF-8 of its canonical JSON), lower-case hexadecimal. @throws Malformed where the value is no JSON */
export const commitmentTo = (value: object, salt: Uint8Array, hash: Sha256 = sha256): string =>
  commitmentToJson(canonicalJson(value), salt, hash);

/** As `commitmentTo`, of JSON that is canonical already. */
export function commitmentToJson(json: string, salt: Uint8Array, hash: Sha256 = sha256): string {
  // UTF-8 takes at most three octets for a unit of UTF-16.
  const most = salt.length + 3 * json.length;
  const salted = most <= scratch.length ? scratch : new Uint8Array(most);
  salted.set(salt);
  const { written } = encoder.encodeInto(json, salted.subarray(salt.length));
  return hex(hash(salted.subarray(0, salt.length + written)));
}

/** What is hashed is laid here: events are many, and memory for each would cost more than its hash. */
const scratch = new Uint8Array(65_536);
const encoder = new TextEncoder();
