import { describe, expect, it } from '@jest/globals';
import { InvalidConfig, readConfig } from './config.js';

describe('The configuration', () => {
  it('is complete without any variable', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: './data',
      databaseUrl: undefined,
      migrationDatabaseUrl: undefined,
      eventStore: undefined,
      streamPrefix: '',
      demo: false,
      processors: true,
      logLevel: 'info',
      traces: false,
      oidc: undefined,
      mail: undefined,
      webhookHosts: [],
      trustedProxies: [],
      audit: { origin: undefined, key: undefined, previousKey: undefined, policy: undefined },
      fileQuotas: { ofPerson: 2_147_483_648, ofUnit: 21_474_836_480 },
    });
  });

  it('takes a blank variable for none, and words in any case', () => {
    expect(readConfig({ PORT: ' ', DATABASE_URL: '', DEMO: 'TRUE', LOG_LEVEL: 'Warn' })).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
      demo: true,
      logLevel: 'warn',
    });
  });

  it('reads each variable', () => {
    const DATABASE_URL = 'postgres://tinhgon:secret@database/tinhgon';
    const MIGRATION_DATABASE_URL = 'postgres://owner:secret@database/tinhgon';
    const EVENT_STORE = 'esdb+discover://log:2113';
    const env = {
      HOST: '::',
      PORT: '0',
      DATA_DIR: '/srv',
      DATABASE_URL,
      MIGRATION_DATABASE_URL,
      EVENT_STORE,
      STREAM_PREFIX: 'navy-',
      DEMO: '1',
      PROCESSORS: '0',
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      SMTP_URL: 'smtps://tinhgon:secret@mail.example',
      MAIL_FROM: 'Tinh Gọn <tinhgon@example.vn>',
      PUBLIC_URL: 'https://tinhgon.example/',
    };
    expect(readConfig(env)).toEqual({
      host: '::',
      port: 0,
      dataDir: '/srv',
      databaseUrl: DATABASE_URL,
      migrationDatabaseUrl: MIGRATION_DATABASE_URL,
      eventStore: EVENT_STORE,
      streamPrefix: 'navy-',
      demo: true,
      processors: false,
      logLevel: 'debug',
      traces: true,
      oidc: undefined,
      mail: {
        smtpUrl: 'smtps://tinhgon:secret@mail.example',
        from: 'Tinh Gọn <tinhgon@example.vn>',
        publicUrl: 'https://tinhgon.example',
      },
      webhookHosts: [],
      trustedProxies: [],
      audit: { origin: undefined, key: undefined, previousKey: undefined, policy: undefined },
      fileQuotas: { ofPerson: 2_147_483_648, ofUnit: 21_474_836_480 },
    });
  });

  it.each([
    ['a sender without a server', { MAIL_FROM: 'an@example.vn' }, 'MAIL_FROM means nothing'],
    ['a server without a sender', { SMTP_URL: 'smtp://mail', PUBLIC_URL: 'https://x' }, 'MAIL_FROM must'],
    ['two senders', { SMTP_URL: 'smtp://mail', PUBLIC_URL: 'https://x', MAIL_FROM: 'an@example.vn, binh@example.vn' }, 'MAIL_FROM must'],
    [
      'a sender of two lines',
      { SMTP_URL: 'smtp://mail', PUBLIC_URL: 'https://x', MAIL_FROM: 'An\r\nX: y <an@example.vn>' },
      'MAIL_FROM must',
    ],
    ['nowhere to sign in', { SMTP_URL: 'smtp://mail', MAIL_FROM: 'an@example.vn' }, 'PUBLIC_URL must'],
    ['another protocol', { SMTP_URL: 'http://mail', PUBLIC_URL: 'https://x', MAIL_FROM: 'an@example.vn' }, 'SMTP_URL must'],
  ])('sends no mail with %s', (_what, env, said) => {
    expect(() => readConfig(env)).toThrow(said);
  });

  it('sends no traces while the SDK is disabled', () => {
    expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SDK_DISABLED: 'true' }).traces).toBe(false);
  });

  it('names everything that is wrong at once, and no value that may hold a password', () => {
    const wrong = {
      PORT: 'abc',
      DATABASE_URL: 'http://x:secret@y',
      EVENT_STORE: 'secret',
      LOG_LEVEL: 'loud',
      DEMO: 'maybe',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'secret',
      WEBHOOK_HOSTS: 'https://secret@y',
    };
    const read = (): unknown => readConfig(wrong);
    expect(read).toThrow(InvalidConfig);
    for (const name of Object.keys(wrong)) expect(read).toThrow(name);
    expect(read).not.toThrow('secret');
  });

  it('believes an issuer whose tokens are for this product', () => {
    const env = { OIDC_ISSUER: 'https://sso.example.org/realms/navy', OIDC_AUDIENCE: 'register' };
    expect(readConfig(env).oidc).toEqual({ issuer: env.OIDC_ISSUER, audience: 'register', mapping: {}, client: undefined });
    const OIDC_MAPPING = '{ "username": "email" }';
    const client = { OIDC_CLIENT_ID: 'web', OIDC_REDIRECT_URI: 'https://register.example.org/signed-in', OIDC_CLIENT_SECRET: 'secret' };
    expect(readConfig({ ...env, ...client, OIDC_MAPPING }).oidc).toMatchObject({
      mapping: { username: 'email' },
      client: { id: 'web', secret: 'secret', redirectUri: client.OIDC_REDIRECT_URI },
    });
  });

  const issuer = { OIDC_ISSUER: 'https://sso.example.org', OIDC_AUDIENCE: 'register' };
  const redirect = { OIDC_REDIRECT_URI: 'https://register.example.org/signed-in' };
  it.each([
    [{ OIDC_AUDIENCE: 'x' }, 'OIDC_AUDIENCE means nothing without OIDC_ISSUER.'],
    [{ OIDC_ISSUER: 'https://sso.example.org' }, 'OIDC_AUDIENCE must name'],
    [{ ...issuer, OIDC_ISSUER: 'http://sso.example.org' }, 'OIDC_ISSUER must be a URL that starts with https://'],
    [{ ...issuer, OIDC_ISSUER: 'https://sso.example.org?x=1' }, 'OIDC_ISSUER must be a URL'],
    [{ ...issuer, OIDC_CLIENT_ID: 'web' }, 'OIDC_CLIENT_ID and OIDC_REDIRECT_URI must be given together'],
    [{ ...issuer, OIDC_CLIENT_SECRET: 'secret' }, 'must be given together'],
    [{ ...issuer, ...redirect, OIDC_CLIENT_ID: 'register' }, 'OIDC_AUDIENCE must not be the same as OIDC_CLIENT_ID.'],
    [{ ...issuer, OIDC_CLIENT_ID: 'web', OIDC_REDIRECT_URI: 'http://register.example.org' }, 'OIDC_REDIRECT_URI must be a URL'],
    [{ ...issuer, OIDC_MAPPING: '{' }, 'OIDC_MAPPING is not JSON.'],
    [{ ...issuer, OIDC_MAPPING: '/nowhere/mapping.json' }, 'OIDC_MAPPING must be JSON or the path of a file'],
  ])('says what is wrong with the issuer: %j', (env, says) => {
    expect(() => readConfig(env)).toThrow(InvalidConfig);
    expect(() => readConfig(env)).toThrow(says);
    expect(() => readConfig(env)).not.toThrow('secret');
  });

  it('reads where webhooks may go', () => {
    const hosts = (WEBHOOK_HOSTS: string): readonly string[] => readConfig({ WEBHOOK_HOSTS }).webhookHosts;
    expect(hosts('Hooks.example.vn, 127.0.0.1:9000,[::1]:80')).toEqual(['hooks.example.vn', '127.0.0.1:9000', '[::1]:80']);
    for (const wrong of ['https://hooks.example.vn', 'a,,b', 'a/b', 'user@host', '*'])
      expect(() => hosts(wrong)).toThrow('WEBHOOK_HOSTS must be a list of host or host:port');
  });

  it.each(['-1', '65536', '3000.5', '1e9', '0x', 'Infinity'])('refuses the port %s', (PORT) => {
    expect(() => readConfig({ PORT })).toThrow('PORT must be a whole number from 0 to 65535.');
  });

  it('cannot be changed once it was read', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it('believes of proxies what is an address or a network, and never everybody', () => {
    const proxies = (TRUSTED_PROXIES: string): readonly string[] => readConfig({ TRUSTED_PROXIES }).trustedProxies;
    expect(proxies('10.0.0.7, 172.30.0.0/24,fd00::/8')).toEqual(['10.0.0.7', '172.30.0.0/24', 'fd00::/8']);
    for (const wrong of ['proxy', '10.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.1,', '1', 'true'])
      expect(() => proxies(wrong)).toThrow('TRUSTED_PROXIES must be a list of IP addresses or networks');
  });
});
