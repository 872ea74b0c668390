import { useSyncExternalStore } from 'react';
import { ApiProblem } from './problem';
import type { components } from './schema';

type Login = components['schemas']['LoginAnswer'];
export type SignedInPerson = Login['person'];

/** `unknown` until the cookie was tried once. The access token lives here and nowhere else. */
export type Session =
  | { readonly state: 'unknown' | 'out' }
  | { readonly state: 'in'; readonly token: string; readonly expiresAt: number; readonly person: SignedInPerson };

/** Renewed this long before it ends, so that no call meets the end. */
const earlyMs = 60_000;
const renewing = 'tinhgon-session';

/** Who is signed in in this browser; all its tabs agree. */
class Sessions {
  private session: Session = { state: 'unknown' };
  private readonly listeners = new Set<() => void>();
  private readonly tabs = new BroadcastChannel('tinhgon-session');
  private renewal: Promise<Session> | null = null;

  constructor() {
    this.tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === 'out') this.become({ state: 'out' });
      // Somebody else may be signed in now: what is on the screen was for another.
      else if (data === 'in' && this.session.state !== 'unknown') window.location.reload();
    };
  }

  readonly now = (): Session => this.session;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** @throws ApiProblem when it is refused */
  async begin(username: string, password: string): Promise<void> {
    this.take(await post<Login>('/api/v1/auth/login', { username, password, cookie: true }));
    this.tabs.postMessage('in');
  }

  /** A token that is good now; null when nobody is signed in. @throws ApiProblem when the server cannot be asked */
  async token(): Promise<string | null> {
    const { session } = this;
    if (session.state === 'out') return null;
    if (session.state === 'in' && session.expiresAt - Date.now() > earlyMs) return session.token;
    const renewed = await this.renew();
    return renewed.state === 'in' ? renewed.token : null;
  }

  /** Gets the next token by the cookie. Once at a time, among all tabs, for what renews it is good once. */
  renew(): Promise<Session> {
    this.renewal ??= navigator.locks
      .request(renewing, () => post<Login | null>('/api/v1/auth/refresh', {}))
      .then(
        (login) => (login ? this.take(login) : this.become({ state: 'out' })),
        (error: unknown) => {
          if (error instanceof ApiProblem && error.status === 401) return this.become({ state: 'out' });
          throw error;
        },
      )
      .finally(() => (this.renewal = null));
    return this.renewal;
  }

  /** Ends it here and in every tab. */
  async end(where: 'here' | 'everywhere'): Promise<void> {
    const token = await this.token();
    const path = where === 'here' ? '/api/v1/auth/logout' : '/api/v1/auth/logout-everywhere';
    if (token !== null) await post(path, where === 'here' ? undefined : {}, token);
    this.tabs.postMessage('out');
    this.become({ state: 'out' });
  }

  private take({ token, expiresAt, person }: Login): Session {
    return this.become({ state: 'in', token, expiresAt: Date.parse(expiresAt), person });
  }

  private become(session: Session): Session {
    this.session = session;
    for (const listener of this.listeners) listener();
    return session;
  }
}

export const sessions = new Sessions();

export const useSession = (): Session => useSyncExternalStore(sessions.subscribe, sessions.now);

async function post<Answer>(path: string, body: object | undefined, token?: string): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      'accept-language': document.documentElement.lang,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw ApiProblem.unreachable(error);
  });
  if (!response.ok) throw await ApiProblem.of(response);
  // 204: there was no cookie, so nobody is signed in.
  return (response.status === 204 ? null : await response.json()) as Answer;
}
