import { isSafe } from '#platform';

/** Where webhooks may go: what the operator named, so that nobody has the server call what only the server can reach. */
export class WebhookHosts {
  /** @param hosts `host`, which stands for the usual port, or `host:port` */
  constructor(private readonly hosts: readonly string[]) {}

  /** Whether no webhook may go anywhere. */
  get areNone(): boolean {
    return this.hosts.length === 0;
  }

  /** What is wrong with the address, as the end of a sentence that begins with it; null when it may be called. */
  faultOf(url: string): string | null {
    if (!isSafe(url)) return 'must be a URL that starts with https:// (http:// on the server itself only)';
    const { protocol, host, hostname, port, username, password, hash } = new URL(url);
    const usualPort = protocol === 'https:' ? '443' : '80';
    if (username !== '' || password !== '' || hash !== '') return 'must have neither user, password nor fragment';
    const isAllowed = this.hosts.includes(host) || (port === '' && this.hosts.includes(`${hostname}:${usualPort}`));
    return isAllowed ? null : 'must lead to one of the hosts that the operator has named in WEBHOOK_HOSTS';
  }
}
