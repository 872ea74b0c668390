import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { newSecret, secretText, signedHeaders } from './signature.js';

const secretOf = (text: string): Buffer => Buffer.from(text.replace('whsec_', ''), 'base64');

describe('A signature', () => {
  it('is that of the reference implementation for its own example', () => {
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
    const headers = signedHeaders(message, [secretOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')], new Date(1_614_265_330_999));
    expect(headers).toEqual({
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is accepted by the reference implementation whatever is in the body, and not when a letter of it was changed', () => {
    const secret = newSecret();
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), (id, text) => {
        const body = JSON.stringify({ text });
        const headers = signedHeaders({ id, body }, [secret], new Date());
        expect(new Webhook(secretText(secret)).verify(body, headers)).toEqual({ text });
        expect(() => new Webhook(secretText(secret)).verify(`${body} `, headers)).toThrow(WebhookVerificationError);
      }),
    );
  });

  it('is there for each secret, so that either verifies', () => {
    const [one, other, third] = [newSecret(), newSecret(), newSecret()];
    const headers = signedHeaders({ id: 'one', body: '{}' }, [one, other], new Date());
    for (const secret of [one, other]) expect(new Webhook(secretText(secret)).verify('{}', headers)).toEqual({});
    expect(() => new Webhook(secretText(third)).verify('{}', headers)).toThrow(WebhookVerificationError);
  });
});

describe('A secret', () => {
  it('has from 24 to 64 bytes, in base64 behind its prefix, and is never the same', () => {
    const text = secretText(newSecret());
    expect(text).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
    expect(secretOf(text).length).toBeGreaterThanOrEqual(24);
    expect(secretOf(text).length).toBeLessThanOrEqual(64);
    expect(text).not.toBe(secretText(newSecret()));
  });
});
