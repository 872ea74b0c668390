import { ApiProblem } from './problem';
import { readChange, readHeard } from './heard';
import type { Heard, StreamState } from './heard';
import { ServerSentReader } from './server-sent';
import type { ServerSent } from './server-sent';
import { sessions } from './session';

const name = 'tinhgon-stream';
/** The server says at least every 15 s that it is there. */
const silenceMs = 45_000;
const shortestWaitMs = 1_000;
const longestWaitMs = 30_000;

/** Why a stream is no more. `refused`: asking again would be refused again. */
type End = { readonly how: 'ended' | 'refused' } | { readonly how: 'failed'; readonly isAway: boolean; readonly afterMs: number };

/**
 * What happens on the server, as it happens. One tab of a browser reads the stream and tells the others, so that many tabs take one connection; when
 * it closes, another goes on from where it was.
 */
class Stream {
  private readonly tabs = new BroadcastChannel(name);
  private readonly listeners = new Set<(heard: Heard) => void>();
  private readonly watchers = new Set<() => void>();
  private following: AbortController | null = null;
  private isReader = false;
  private at: string | null = null;
  private state: StreamState = 'off';
  private wakeUp: () => void = () => undefined;

  constructor() {
    this.tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
      const heard = readHeard(data);
      if (heard?.kind === 'hello') this.welcome();
      else if (heard && this.following) this.take(heard);
    };
    window.addEventListener('online', () => this.wakeUp());
  }

  readonly now = (): StreamState => this.state;
  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Calls with everything that is heard from now on, in whichever tab. */
  listen(listener: (heard: Heard) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Follows while somebody is signed in. */
  follow(isSignedIn: boolean): void {
    if (!isSignedIn) {
      this.following?.abort();
      this.following = null;
      this.at = null;
      this.become('off');
    } else if (this.following === null) {
      const { signal } = (this.following = new AbortController());
      this.tabs.postMessage({ kind: 'hello' } satisfies Heard);
      // It fails only where it is ended while another tab reads.
      navigator.locks.request(name, { signal }, () => this.read(signal)).catch(() => undefined);
    }
  }

  /** Tries at once, for what stood in the way may be gone. */
  wake(): void {
    this.wakeUp();
  }

  private async read(signal: AbortSignal): Promise<void> {
    this.isReader = true;
    try {
      for (let failures = 0; !signal.aborted;) {
        const end = await this.readOnce(signal, () => (failures = 0));
        if (isOver(signal)) return;
        if (end.how === 'refused') {
          this.tell({ kind: 'state', state: 'off' });
          return;
        }
        if (end.how === 'failed') {
          failures++;
          this.tell({ kind: 'state', state: end.isAway ? 'away' : 'off' });
        }
        const wait = Math.min(shortestWaitMs * 2 ** failures, longestWaitMs);
        await this.pause(Math.max(end.how === 'failed' ? end.afterMs : 0, wait * (0.5 + Math.random() / 2)), signal);
      }
    } finally {
      this.isReader = false;
    }
  }

  /** Reads until it ends, however that comes. @param opened Called when the server has let it in */
  private async readOnce(signal: AbortSignal, opened: () => void): Promise<End> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), silenceMs);
    try {
      const response = await this.open(AbortSignal.any([signal, silence.signal]));
      if (!response.ok || !response.body) return endBy(response);
      opened();
      this.tell({ kind: 'state', state: 'live' });
      const reader = new ServerSentReader();
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), silenceMs);
        for (const sent of reader.read(piece.value)) this.hear(sent);
      }
      return { how: 'ended' };
    } catch (error) {
      // The session is over, and was not ended by the network.
      if (error instanceof ApiProblem && error.status !== 429 && error.status >= 400 && error.status < 500) return { how: 'refused' };
      return { how: 'failed', isAway: true, afterMs: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  private async open(signal: AbortSignal): Promise<Response> {
    const ask = async (): Promise<Response> => {
      const token = await sessions.token();
      if (token === null) throw ApiProblem.signedOut();
      const headers = { authorization: `Bearer ${token}`, ...(this.at !== null && { 'last-event-id': this.at }) };
      return fetch('/api/v1/stream', { headers, signal, cache: 'no-store' });
    };
    const response = await ask();
    if (response.status !== 401) return response;
    // The token may have ended before its time, as in another tab; once more tells.
    await sessions.renew();
    return ask();
  }

  /** Tells a tab that has just come how things stand. */
  private welcome(): void {
    if (!this.isReader) return;
    this.tabs.postMessage({ kind: 'state', state: this.state } satisfies Heard);
    if (this.at !== null) this.tabs.postMessage({ kind: 'position', position: this.at } satisfies Heard);
  }

  private hear({ id, event, data }: ServerSent): void {
    if (event === 'begin-anew') this.tell({ kind: 'anew' });
    const change = data === '' || event === 'begin-anew' ? null : readChange(data);
    if (change) this.tell({ kind: 'change', change });
    if (id !== null) this.tell({ kind: 'position', position: id });
  }

  /** Every tab, this one too. */
  private tell(heard: Heard): void {
    this.tabs.postMessage(heard);
    this.take(heard);
  }

  private take(heard: Heard): void {
    if (heard.kind === 'position') this.at = heard.position;
    if (heard.kind === 'state') this.become(heard.state);
    for (const listener of this.listeners) listener(heard);
  }

  private become(state: StreamState): void {
    if (state === this.state) return;
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }

  private pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.wakeUp = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
      this.wakeUp = done;
    });
  }
}

export const stream = new Stream();

/** Asked again: it may have been ended while something was waited for. */
const isOver = ({ aborted }: AbortSignal): boolean => aborted;

/** Too many and not now may be otherwise in a moment; what else is refused stays so. */
function endBy({ status, headers }: Response): End {
  const afterMs = Number(headers.get('retry-after') ?? 0) * 1_000 || 0;
  if (status === 429) return { how: 'failed', isAway: false, afterMs: Math.max(afterMs, longestWaitMs) };
  return status >= 400 && status < 500 ? { how: 'refused' } : { how: 'failed', isAway: status >= 502 || status === 0, afterMs };
}
