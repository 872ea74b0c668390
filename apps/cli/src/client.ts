import { setTimeout as sleep } from 'node:timers/promises';
import { speaksHttps, speaksTls, whyNoAnswer } from './no-answer.js';
import { inLine } from './terminal.js';

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
    super(inLine(`${detail.replace(/\.$/, '')} (${status} ${code}).`));
  }
}

interface Call {
  readonly token?: string;
  readonly idempotencyKey?: string;
  /** How often a busy or unreachable server is asked again. (Default: 6, about 12 s in all) */
  readonly retries?: number;
  /** How long an answer may take. (Default: 30,000) */
  readonly timeoutMs?: number;
  /** Whether an interruption cuts the call; one that changes something is best waited for. (Default: for GET) */
  readonly mayBeCut?: boolean;
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
  constructor(
    readonly url: string,
    /** Of the interruption, after which nothing more is sent. */
    readonly signal: AbortSignal,
  ) {}

  async get<Answer>(path: string, call: Call = {}): Promise<Answer> {
    return this.json<Answer>(await this.send('GET', path, undefined, call));
  }

  /** An answer that is no JSON. */
  async text(path: string, call: Call = {}): Promise<string> {
    return (await this.send('GET', path, undefined, call)).text();
  }

  /** An answer of any length, as it comes. */
  async stream(path: string, call: Call = {}): Promise<AsyncIterable<Uint8Array>> {
    const { body } = await this.send('GET', path, undefined, call);
    if (!body) throw new Error(`${this.url} answered with nothing.`);
    return body;
  }

  async post<Answer>(path: string, body: unknown, call: Call = {}): Promise<Answer> {
    return this.json<Answer>(await this.send('POST', path, json(body), call));
  }

  /** A file as it is. */
  async upload<Answer>(path: string, file: Payload, call: Call = {}): Promise<Answer> {
    return this.json<Answer>(await this.send('POST', path, file, call));
  }

  private async send(method: string, path: string, payload: Payload | undefined, call: Call): Promise<Response> {
    const repeatable = method === 'GET' || call.idempotencyKey !== undefined;
    for (let attempt = 0; ; attempt++) {
      this.signal.throwIfAborted();
      const last = attempt >= (call.retries ?? 6);
      const response = await this.request(method, path, payload, call).catch(async (error: unknown) => {
        if (this.mayBeCut(method, call)) this.signal.throwIfAborted();
        const { sentence, mayPass } = await whyNoAnswer(this.url, error);
        // A server that is being restarted is waited for, one that is not there is not: about two seconds tell.
        if (!mayPass || last || !repeatable || attempt >= 3) throw new Error(sentence, { cause: error });
        return null;
      });
      if (response?.ok) return response;
      if (response && (last || (response.status !== 429 && response.status !== 503))) throw await this.refusal(response);
      const askedForMs = Number(response?.headers.get('retry-after') ?? 0) * 1000;
      const waitMs = Math.min(10_000, Math.max(askedForMs, 200 * 2 ** attempt * (0.75 + Math.random() / 2)));
      await sleep(waitMs, undefined, { signal: this.signal }).catch(() => this.signal.throwIfAborted());
    }
  }

  private mayBeCut(method: string, { mayBeCut = method === 'GET' }: Call): boolean {
    return mayBeCut;
  }

  private request(method: string, path: string, payload: Payload | undefined, call: Call): Promise<Response> {
    const { token, idempotencyKey, timeoutMs } = call;
    const tooLong = AbortSignal.timeout(timeoutMs ?? 30_000);
    return fetch(`${this.url}${path}`, {
      method,
      // Followed, a POST would become a GET, and the token would go where nobody named.
      redirect: 'manual',
      signal: this.mayBeCut(method, call) ? AbortSignal.any([tooLong, this.signal]) : tooLong,
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

  private async json<Answer>(response: Response): Promise<Answer> {
    if (!isJson(response)) throw await this.notOurs(response);
    return (await response.json()) as Answer;
  }

  /** The server said no, or it is not ours at all. */
  private async refusal(response: Response): Promise<Error> {
    const problem: Problem = isJson(response) ? ((await response.json().catch(() => ({}))) as Problem) : {};
    if (problem.code === undefined) return this.notOurs(response);
    const reasons = problem.unmet?.map(({ message }) => message) ?? problem.errors?.map(({ path, message }) => `${path}: ${message}`);
    const detail = reasons?.length ? reasons.join('; ') : (problem.detail ?? problem.title ?? response.statusText);
    return new Refused(response.status, problem.code, detail);
  }

  private async notOurs(response: Response): Promise<Error> {
    const { status, headers } = response;
    const onwards = headers.get('location');
    if (status >= 300 && status < 400 && onwards !== null)
      return new Error(`${this.url} sends on to ${new URL(onwards, this.url).href}: give the server itself as --url.`);
    // A proxy says so in words of its own.
    if (status === 400 && this.url.startsWith('http:') && (await speaksTls(this.url))) return new Error(speaksHttps(this.url));
    if ([502, 503, 504].includes(status)) return new Error(`The proxy at ${this.url} reaches no server behind it (${status}).`);
    return new Error(
      `What answers at ${this.url} is not Tinh Gọn (${status}, ${headers.get('content-type') ?? 'no type'}): correct --url.`,
    );
  }
}

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly unmet?: readonly { readonly message: string }[];
}

const isJson = ({ headers }: Response): boolean => /^application\/([\w.-]+\+)?json\b/.test(headers.get('content-type') ?? '');
