import { setTimeout as sleep } from 'node:timers/promises';

/** What every accepted command answers. */
export interface CommandAnswer {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly stage: string;
  readonly events: readonly string[];
}

/** The server said no: its problem document as one sentence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${detail.replace(/\.$/, '')} (${status} ${code}).`);
  }
}

interface Call {
  readonly token?: string;
  readonly idempotencyKey?: string;
  /** How often a busy or unreachable server is asked again. (Default: 6, about 12 s in all) */
  readonly retries?: number;
  /** How long an answer may take. (Default: 30,000) */
  readonly timeoutMs?: number;
}

/** A body as it is sent. */
interface Payload {
  /** Media type. */
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

const json = (body: unknown): Payload | undefined =>
  body === undefined ? undefined : { type: 'application/json', content: JSON.stringify(body) };

/** The API over HTTP. A busy server (429, 503) is asked again, and a lost connection too where the call can be repeated safely. */
export class ApiClient {
  constructor(readonly url: string) {}

  async get<Answer>(path: string, call: Call = {}): Promise<Answer> {
    return (await (await this.send('GET', path, undefined, call)).json()) as Answer;
  }

  /** An answer that is no JSON. */
  async text(path: string, call: Call = {}): Promise<string> {
    return (await this.send('GET', path, undefined, call)).text();
  }

  async post<Answer>(path: string, body: unknown, call: Call = {}): Promise<Answer> {
    return (await (await this.send('POST', path, json(body), call)).json()) as Answer;
  }

  /** A file as it is. */
  async upload<Answer>(path: string, file: Payload, call: Call = {}): Promise<Answer> {
    return (await (await this.send('POST', path, file, call)).json()) as Answer;
  }

  private async send(method: string, path: string, payload: Payload | undefined, call: Call): Promise<Response> {
    const repeatable = method === 'GET' || call.idempotencyKey !== undefined;
    for (let attempt = 0; ; attempt++) {
      const last = attempt >= (call.retries ?? 6);
      const response = await this.request(method, path, payload, call).catch((error: unknown) => {
        // A server that is being restarted is waited for, one that is not there is not: about two seconds tell.
        if (last || !repeatable || attempt >= 3) throw unreachable(this.url, error);
        return null;
      });
      if (response?.ok) return response;
      if (response && (last || (response.status !== 429 && response.status !== 503))) throw await refusal(response);
      const askedForMs = Number(response?.headers.get('retry-after') ?? 0) * 1000;
      await sleep(Math.min(10_000, Math.max(askedForMs, 200 * 2 ** attempt * (0.75 + Math.random() / 2))));
    }
  }

  private request(
    method: string,
    path: string,
    payload: Payload | undefined,
    { token, idempotencyKey, timeoutMs }: Call,
  ): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      signal: AbortSignal.timeout(timeoutMs ?? 30_000),
      headers: {
        accept: 'application/json',
        'accept-language': 'en',
        ...(payload && { 'content-type': payload.type }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(payload && { body: payload.content }),
    });
  }
}

function unreachable(url: string, error: unknown): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
  return new Error(`Nothing answers at ${url} (${reason}): start it with \`npm start\`, or name another server with --url.`);
}

async function refusal(response: Response): Promise<Refused> {
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string;
    title?: string;
    detail?: string;
    errors?: { path: string; message: string }[];
    unmet?: { message: string }[];
  };
  const reasons = problem.unmet?.map(({ message }) => message) ?? problem.errors?.map(({ path, message }) => `${path}: ${message}`);
  const detail = reasons?.length ? reasons.join('; ') : (problem.detail ?? problem.title ?? response.statusText);
  return new Refused(response.status, problem.code ?? 'no-problem-document', detail);
}
