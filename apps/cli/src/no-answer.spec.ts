import { describe, expect, it } from '@jest/globals';
import { whyNoAnswer } from './no-answer.js';

describe('A server whose certificate is not taken', () => {
  const why = (code: string) =>
    whyNoAnswer('https://register.example', new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }));

  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  ])('is told apart from one that is down, with the variable that names its issuer: %s', async (code) => {
    const { sentence, mayPass } = await why(code);
    expect(sentence).toBe(
      `The server at https://register.example answers, and nobody who is trusted here has issued its certificate (${code}): name the file with its issuer's in NODE_EXTRA_CA_CERTS.`,
    );
    expect(mayPass).toBe(false);
  });

  it('is named when it has expired, does not hold yet or is of another host', async () => {
    expect((await why('CERT_HAS_EXPIRED')).sentence).toContain('has expired (CERT_HAS_EXPIRED): have it renewed there');
    expect((await why('CERT_NOT_YET_VALID')).sentence).toContain('does not hold yet (CERT_NOT_YET_VALID): look at the clocks');
    expect((await why('ERR_TLS_CERT_ALTNAME_INVALID')).sentence).toContain('is of another host');
  });
});
