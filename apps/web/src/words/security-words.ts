import type { components } from '../api/schema';
import type { Word } from './words';

export type SecurityEventType = components['schemas']['SecurityEventAnswer']['type'];

/** What happened around signing in and what can be signed in with. */
export const securityWords = {
  SignedIn: 'security.SignedIn',
  SignInFailed: 'security.SignInFailed',
  SignInLocked: 'security.SignInLocked',
  SignedOut: 'security.SignedOut',
  SignedOutEverywhere: 'security.SignedOutEverywhere',
  RefreshTokenReused: 'security.RefreshTokenReused',
  PasswordChanged: 'security.PasswordChanged',
  PersonLinked: 'security.PersonLinked',
  PersonMadeKnown: 'security.PersonMadeKnown',
  ServiceAccountMade: 'security.ServiceAccountMade',
  ServiceKeyRotated: 'security.ServiceKeyRotated',
  ServiceAccountRevoked: 'security.ServiceAccountRevoked',
  WebhookMade: 'security.WebhookMade',
  WebhookChanged: 'security.WebhookChanged',
  WebhookSecretRotated: 'security.WebhookSecretRotated',
  WebhookRemoved: 'security.WebhookRemoved',
} as const satisfies Record<SecurityEventType, Word>;
