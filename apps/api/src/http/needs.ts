import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';
import { generalScopes } from '#identity';
import { everyAction } from '#workflow';

/** What a key may cover: the general scopes, and each command on procedures by its own name. */
export const scopes = [...generalScopes, ...everyAction] as const;
export type Scope = (typeof scopes)[number];

/**
 * What a call asks of whoever sends it, besides what the rules ask of a person: nothing, not even a sign-in (`open`); to be a person, for a key
 * must neither make keys, nor touch passwords and sessions, nor what people may do and see (`in-person`); the scope of some command on procedures,
 * which the call looks at itself (`some-command`); or this scope of a key.
 */
export type Permission = 'open' | 'in-person' | 'some-command' | Scope;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** (Default: none, which is for calls outside of the API proper) */
    readonly needs?: Permission;
  }
}

const api = '/api/v1/';
const actions: readonly string[] = everyAction;

/** Says what the call needs. @param config What else its route is known by. (Default: nothing) */
export const Needs = (needs: Permission, config: FastifyContextConfig = {}): MethodDecorator => RouteConfig({ ...config, needs });

/** To be added before the routes. @throws Error for a call of the API that does not say what it needs */
export function everyCallSaysWhatItNeeds(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', ({ method, url, config }) => {
    if (!url.startsWith(api) || config?.needs !== undefined) return;
    throw new Error(`${[method].flat().join(', ')} ${url} does not say what it needs: @Needs(…) is missing at its handler.`);
  });
}

/** Whether a key of these scopes covers the call. Scopes never cover what is open: it is for those who have no key yet. */
export function isCovered(needs: Permission, held: readonly string[]): boolean {
  if (needs === 'some-command') return held.some((one) => one === 'commands' || actions.includes(one));
  return held.includes(needs) || (actions.includes(needs) && held.includes('commands'));
}
