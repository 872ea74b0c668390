import { outage } from '#event-store';
import type { EventStore } from '#event-store';
import type { Config, Database, Logger } from '#platform';

/** What controllers need to know about this installation, and why it is not ready, if it is not. */
export class Settings {
  /** A sentence; null once commands and queries are served. */
  notReady: string | null = 'The views do not hold yet all that was in the log at start.';

  constructor(
    private readonly config: Pick<Config, 'demo' | 'oidc' | 'trustedProxies'>,
    readonly database: Database,
    private readonly store: EventStore,
    readonly logger: Logger,
  ) {}

  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  get trustedProxies(): readonly string[] {
    return this.config.trustedProxies;
  }

  get demo(): boolean {
    return this.config.demo;
  }

  /** Whether browsers can sign in at an issuer of OpenID Connect. */
  get hasIssuer(): boolean {
    return this.config.oidc?.client !== undefined;
  }

  /** Why the database or the log does not answer; null when both do. */
  outage(): Promise<string | null> {
    return outage(this.database, this.store);
  }
}
