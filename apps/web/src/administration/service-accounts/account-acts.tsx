import { client, queries } from '../../api/client';
import type { Act } from '../../form/acts';
import { WholeField } from '../../form/fields';
import { useWords } from '../../words/words';
import { NewAccountFields, accountIn } from './new-account';
import type { ServiceAccount } from './service-accounts-queries';

/** A key, which is told once. */
export interface Secret {
  readonly name: string;
  readonly key: string;
}

interface AccountActs {
  readonly make: Act;
  readonly rotate: (account: ServiceAccount) => Act;
  readonly revoke: (account: ServiceAccount) => Act;
}

/** What is done to service accounts. @param show Shows a key that was made */
export function useAccountActs(show: (secret: Secret) => void): AccountActs {
  const { say } = useWords();
  const make: Act = {
    name: 'make-account',
    title: say('serviceAccounts.make'),
    effect: say('serviceAccounts.makeEffect'),
    fields: <NewAccountFields />,
    send: async (body, key) => {
      const account = accountIn(body);
      const { data } = await client.POST('/api/v1/service-accounts', { body: account, params: { header: { 'Idempotency-Key': key } } });
      if (data) show({ name: account.name, key: data.key });
      await queries.invalidateQueries();
    },
  };
  const rotate = ({ id, name }: ServiceAccount): Act => ({
    name: 'rotate-key',
    title: say('serviceAccounts.rotate'),
    effect: say('serviceAccounts.rotateEffect', { name }),
    fields: <WholeField name="overlapMinutes" label={say('serviceAccounts.overlap')} help={say('serviceAccounts.overlapHelp')} optional />,
    send: async ({ overlapMinutes }) => {
      const { data } = await client.POST('/api/v1/service-accounts/{id}/rotate', {
        params: { path: { id } },
        body: typeof overlapMinutes === 'number' ? { overlapMinutes } : {},
      });
      if (data) show({ name, key: data.key });
      await queries.invalidateQueries();
    },
  });
  const revoke = ({ id, name }: ServiceAccount): Act => ({
    name: 'revoke-account',
    title: say('serviceAccounts.revoke'),
    effect: say('serviceAccounts.revokeEffect', { name }),
    isFinal: true,
    send: async () => {
      await client.POST('/api/v1/service-accounts/{id}/revoke', { params: { path: { id } } });
      await queries.invalidateQueries();
    },
  });
  return { make, rotate, revoke };
}
