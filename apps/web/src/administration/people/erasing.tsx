import { useNavigate } from '@tanstack/react-router';
import { command, readAnew } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import { useSession } from '../../api/session';
import type { Act } from '../../form/acts';
import { TextField } from '../../form/fields';
import { useAccount } from '../../frame/account';
import { useIsHere } from '../../frame/here';
import { useWords } from '../../words/words';
import type { Person } from './people-queries';

/** Erases the person for good; null for whoever may not order it. */
export function useErasing({ id, name, username, program }: Person): Act | null {
  const { say } = useWords();
  const session = useSession();
  const governs = useAccount()?.administration.includes('webhooks') ?? false;
  const navigate = useNavigate();
  const isHere = useIsHere();
  const isOneself = session.state === 'in' && session.person.id === id;
  if (!governs || isOneself || program || username === undefined) return null;
  return {
    name: 'erase-person',
    title: say('people.erase'),
    effect: say('people.eraseEffect', { name }),
    isFinal: true,
    fields: (
      <>
        <TextField name="legalBasis" label={say('people.legalBasis')} help={say('people.legalBasisHelp')} />
        <TextField name="reason" label={say('field.reason')} help={say('people.legalBasisHelp')} optional />
        <TextField name="username" label={say('people.eraseTyped', { username })} />
      </>
    ),
    send: async ({ username: typed, ...body }, key) => {
      if (typed !== username) throw mistyped(say('people.eraseMistyped'));
      // The page of the person is gone with them, so it is left before anything is read again.
      await command('POST', `/api/v1/people/${id}/erase`, body, { key, isOneOfSeveral: true });
      if (isHere()) await navigate({ to: '/administration/people' });
      await readAnew(() => true);
    },
  };
}

const mistyped = (message: string): ApiProblem =>
  new ApiProblem({ title: message, status: 400, code: 'invalid-body', errors: [{ path: 'username', message }] });
