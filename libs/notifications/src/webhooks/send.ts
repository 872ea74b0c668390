import type { Clock } from '#platform';
import { retryAfterMsIn } from './retry-after.js';
import { signedHeaders } from './signature.js';
import type { WebhookHosts } from './webhook-hosts.js';

/** What became of sending a message once. */
export interface Attempt {
  /** When it began, ISO 8601 UTC. */
  readonly at: string;
  /** Of the answer; null when there was none. */
  readonly status: number | null;
  /** How long it took. */
  readonly ms: number;
  /** What went wrong, 500 characters at most; null when it was delivered. */
  readonly error: string | null;
}

/** An attempt, and for how long the receiver asked to be left alone. */
export interface Sent {
  readonly attempt: Attempt;
  /** Null where it did not ask. */
  readonly pauseMs: number | null;
}

/** A message and where it goes. */
export interface Outgoing {
  /** The same in each retry and replay. */
  readonly id: string;
  readonly body: string;
  readonly url: string;
  /** Each signs. */
  readonly secrets: readonly Buffer[];
}

export const isDelivered = ({ status }: Attempt): boolean => status !== null && status >= 200 && status < 300;

const mostReadBytes = 4_096;
const mostErrorCharacters = 500;
const usualTimeoutMs = 15_000;

/** Sends messages, each once, and lets no answer take long or be large. */
export class Sender {
  private readonly clock: Clock;
  private readonly hosts: WebhookHosts;
  private readonly timeoutMs: number;

  constructor(options: {
    readonly clock: Clock;
    readonly hosts: WebhookHosts;
    /** For the whole answer. (Default: 15,000) */
    readonly timeoutMs?: number | undefined;
  }) {
    this.clock = options.clock;
    this.hosts = options.hosts;
    this.timeoutMs = options.timeoutMs ?? usualTimeoutMs;
  }

  /** Null when the signal ended it. (Default: nothing ends it but the time) */
  async send({ id, body, url, secrets }: Outgoing, signal?: AbortSignal): Promise<Sent | null> {
    const at = this.clock.now();
    const startedMs = performance.now();
    const done = (status: number | null, error: string | null, pauseMs: number | null = null): Sent => ({
      attempt: {
        at: at.toISOString(),
        status,
        ms: Math.round(performance.now() - startedMs),
        error: error === null ? null : storable(error),
      },
      pauseMs,
    });
    // What may be called may have changed since the webhook was made.
    const fault = this.hosts.faultOf(url);
    if (fault !== null) return done(null, `The address ${fault}.`);
    const stop = new AbortController();
    const end = (): void => stop.abort();
    const timer = setTimeout(end, this.timeoutMs);
    signal?.addEventListener('abort', end, { once: true });
    try {
      if (signal?.aborted) return null;
      const headers = { 'content-type': 'application/json', 'user-agent': 'tinhgon', ...signedHeaders({ id, body }, secrets, at) };
      const response = await fetch(url, { method: 'POST', redirect: 'manual', headers, body, signal: stop.signal });
      if (response.ok) {
        // It was taken; what the answer says, and whether it is whole, does not matter.
        await response.body?.cancel().catch(() => undefined);
        return done(response.status, null);
      }
      const pauseMs = retryAfterMsIn(response.headers.get('retry-after'), this.clock.now());
      const answer = await beginningOf(response);
      return done(response.status, answer === '' ? `It answered ${String(response.status)}.` : answer, pauseMs);
    } catch (error) {
      if (signal?.aborted) return null;
      return done(null, stop.signal.aborted ? `There was no answer within ${String(this.timeoutMs)} ms.` : reasonOf(error));
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    }
  }
}

/** Reads no more than the beginning, and lets go of the rest. */
async function beginningOf({ body }: Response): Promise<string> {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the stream.
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    chunks.push(chunk.subarray(0, mostReadBytes - bytes));
    bytes += chunk.length;
    if (bytes >= mostReadBytes) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** `fetch` says what happened in the cause alone. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

/** A receiver may answer anything: the database takes no NUL, and half a character at the end would be none. */
const storable = (text: string): string => Array.from(text.slice(0, 2 * mostErrorCharacters).replace(/\p{Cc}/gu, ' ')).slice(0, mostErrorCharacters).join(''); // prettier-ignore
