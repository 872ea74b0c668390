import { describe, expect, it } from '@jest/globals';
import { WebhookHosts } from './webhook-hosts.js';

describe('The address of a webhook', () => {
  const hosts = new WebhookHosts(['hooks.example.vn', 'other.example.vn:8443', '127.0.0.1:9000', 'third.example.vn:443']);

  it.each([
    'https://hooks.example.vn/a?b=c',
    'https://HOOKS.example.vn:443/',
    'https://other.example.vn:8443',
    'http://127.0.0.1:9000/hook',
    'https://third.example.vn/',
  ])('may be %s', (url) => {
    expect(hosts.faultOf(url)).toBeNull();
  });

  it.each([
    ['http://hooks.example.vn/', 'https://'],
    ['ftp://hooks.example.vn/', 'https://'],
    ['no address', 'https://'],
    ['https://hooks.example.vn:8443/', 'WEBHOOK_HOSTS'],
    ['https://other.example.vn/', 'WEBHOOK_HOSTS'],
    ['https://hooks.example.vn.example.org/', 'WEBHOOK_HOSTS'],
    ['https://sub.hooks.example.vn/', 'WEBHOOK_HOSTS'],
    ['http://127.0.0.1:9001/', 'WEBHOOK_HOSTS'],
    ['http://0x7f000001:9001/', 'WEBHOOK_HOSTS'],
    ['http://169.254.169.254/latest', 'https://'],
    ['https://hooks.example.vn@elsewhere.example.org/', 'neither user'],
    ['https://user:password@hooks.example.vn/', 'neither user'],
    ['https://hooks.example.vn/#a', 'fragment'],
  ])('may not be %s', (url, says) => {
    expect(hosts.faultOf(url)).toContain(says);
  });

  it('may be none at all where the operator has named no host', () => {
    const none = new WebhookHosts([]);
    expect(none.areNone).toBe(true);
    expect(none.faultOf('https://hooks.example.vn/')).toContain('WEBHOOK_HOSTS');
  });
});
