import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../../frame/link';
import { useUnits } from '../../frame/units';
import { actionName, conditionName } from '../../words/codes';
import { fieldName } from '../../words/fields';
import { useWords } from '../../words/words';
import type { Allowed, Procedure } from '../procedure-queries';
import { whoMay } from '../who-may';

interface Props {
  readonly procedure: Procedure;
  readonly mayAmend: boolean;
}

/** What the stage knows and the person may not do now: each as a sentence, with what stands against it and who could do it. */
export function ClosedActions({ procedure, mayAmend }: Props): ReactNode {
  const { say } = useWords();
  const closed = procedure.allowed.filter(({ unmet }) => unmet.length > 0);
  if (closed.length === 0) return null;
  return (
    <details>
      <summary>{say('actions.closed', { number: closed.length })}</summary>
      <List size="sm" mt="xs" spacing="xs">
        {closed.map((one) => (
          <List.Item key={one.action}>
            <Closed allowed={one} procedure={procedure} mayAmend={mayAmend} />
          </List.Item>
        ))}
      </List>
    </details>
  );
}

function Closed({ allowed, procedure: { id }, mayAmend }: { readonly allowed: Allowed } & Props): ReactNode {
  const { say } = useWords();
  const { nameOf } = useUnits();
  const { action, unmet, missing } = allowed;
  const reasons = unmet.filter((code) => code !== 'parts-missing').map((code) => conditionName(code, say));
  return (
    <>
      <Text size="sm" component="span" fw={600}>
        {actionName(action, say)}
      </Text>
      {reasons.length > 0 && `: ${reasons.join('; ')}`}
      {missing.length > 0 && (
        <>
          {reasons.length > 0 ? '; ' : ': '}
          {say('actions.missing')}{' '}
          {missing.map((path, index) => (
            <span key={path}>
              {index > 0 && ', '}
              {mayAmend ? (
                <PageLink
                  to="/procedures/$id"
                  params={{ id }}
                  search={{ do: 'amend-parts' }}
                  hash={`field-${fieldOfPart(path)}`}
                  inherit
                  underline="always"
                >
                  {fieldName(path, say)}
                </PageLink>
              ) : (
                fieldName(path, say)
              )}
            </span>
          ))}
        </>
      )}
      . {say('actions.who', { who: whoMay(allowed, say, nameOf) })}
    </>
  );
}

/** The first field of the form that fills a part which is missing. */
function fieldOfPart(path: string): string {
  const part = path.replace(/^parts\./, '');
  const fields: Readonly<Record<string, string>> = {
    manner: 'manners.0.way',
    timeLimitDays: 'manners.0.timeLimit.amount',
    dossier: 'documents.0.name',
    agency: 'agencies.0.name',
    legalBasis: 'bases.0.summary',
  };
  return Object.hasOwn(fields, part) ? (fields[part] ?? part) : part;
}
