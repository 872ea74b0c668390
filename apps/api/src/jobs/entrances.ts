import type { FastifyRequest } from 'fastify';
import type { ServiceAccounts, SignIn } from '#identity';
import { isCovered } from '../http/needs.js';
import type { Permission } from '../http/needs.js';

/**
 * By what somebody was let in, in text, for what goes on after their request: a session or a key, by its id, or a token of the issuer, which names
 * neither.
 */
export function entranceOf({ caller }: Pick<FastifyRequest, 'caller'>): string {
  if (caller?.session != null) return `session ${caller.session}`;
  return caller?.key == null ? 'issuer' : `key ${caller.key}`;
}

/** Tells whether somebody would be let in still by what let them in when they left work to be done. */
export class Entrances {
  constructor(private readonly on: { readonly signIn: SignIn; readonly serviceAccounts: ServiceAccounts }) {}

  /** @param id Person id @param entrance By `entranceOf` @param needs What a key must cover @throws where nobody can tell */
  async isIn(id: string, entrance: string, needs: Permission): Promise<boolean> {
    const { signIn, serviceAccounts } = this.on;
    const person = await signIn.mayEnter(id);
    if (!person) return false;
    const [by, through = ''] = entrance.split(' ');
    if (by === 'session') return (await signIn.sessionsOf(person)).some((one) => one.id === through);
    if (by !== 'key') return by === 'issuer';
    const scopes = await serviceAccounts.scopesOf({ person: id, key: through });
    return scopes !== null && isCovered(needs, scopes);
  }
}
