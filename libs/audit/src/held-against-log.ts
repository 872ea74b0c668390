import type { RecordedEvent } from '#event-store';
import type { StoredLeaf } from './stored-leaf.js';
import { partSalt } from './verifier/commitments.js';
import { matches } from './verifier/leaf-match.js';
import { leafOf } from './verifier/leaf.js';
import { Malformed } from './verifier/malformed.js';
import { equal, utf8 } from './verifier/octets.js';
import { openLeaf } from './verifier/open-leaf.js';
import { nodeSha256 } from './node-sha256.js';

/** What a leaf begins with that is not classified. */
const clear = '{"actor":';

/**
 * What is wrong with an event that stands where a leaf was sealed, as a sentence; null where it is the one that was sealed. Of a leaf
 * whose salt was erased the commitments cannot be checked, and all else is.
 */
export function whyNot(event: RecordedEvent, { index, entry, salt }: StoredLeaf): string | null {
  try {
    const octets = utf8(entry);
    // Most are: whoever makes the same leaf again need not open it.
    if (salt && equal(leafOf(event, index, salt, { classified: !entry.startsWith(clear), hash: nodeSha256 }), octets)) return null;
    const leaf = openLeaf(octets);
    if (leaf.index !== index) return `The leaf says of itself that it has index ${String(leaf.index)}.`;
    const salts = salt ? { data: partSalt(salt, 'data'), metadata: partSalt(salt, 'metadata'), head: partSalt(salt, 'head') } : {};
    const { wrong } = matches(leaf, event, salts, nodeSha256);
    if (wrong.length > 0) return `The event in the log is not the one that was sealed: another ${wrong.join(', another ')}.`;
    return salt ? 'The event in the log is not the one that was sealed.' : null;
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
}
