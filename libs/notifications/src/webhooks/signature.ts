import { createHmac, randomBytes } from 'node:crypto';

const secretBytes = 32;

/** A new secret to sign with. */
export const newSecret = (): Buffer => randomBytes(secretBytes);

/** The secret as receivers are told it, `whsec_` and base64 (Standard Webhooks 1.0, "Signature scheme"). */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;

/** The headers of a message; it is signed by each secret, so that a receiver may change over at any time. */
export function signedHeaders(
  { id, body }: { readonly id: string; readonly body: string },
  secrets: readonly Buffer[],
  at: Date,
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
