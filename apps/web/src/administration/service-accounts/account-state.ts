import { today } from '../../format/format';
import type { ServiceAccount } from './service-accounts-queries';

export type AccountState = 'good' | 'expired' | 'revoked';

/** Whether its newest key is good. @param on YYYY-MM-DD (Default: today in Vietnam) */
export function stateOf({ revokedAt, expiresOn }: Pick<ServiceAccount, 'revokedAt' | 'expiresOn'>, on: string = today()): AccountState {
  if (revokedAt !== null) return 'revoked';
  return expiresOn !== null && expiresOn < on ? 'expired' : 'good';
}
