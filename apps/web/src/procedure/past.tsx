import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import { momentText } from '../format/format';
import { useWords } from '../words/words';
import type { Procedure } from './procedure-queries';

interface Props {
  readonly procedure: Procedure;
  readonly asOf: string;
}

/** Says that what stands below is the past, and leads back to now. */
export function Past({ procedure: { id, revision }, asOf }: Props): ReactNode {
  const { say, language } = useWords();
  const when = /^\d+$/.test(asOf)
    ? say('past.revision', { revision })
    : say('past.moment', { moment: momentText(asOf.replace(' ', '+'), language) });
  return (
    <Alert color="yellow" variant="light" mb="md" title={when}>
      <PageLink to="/procedures/$id" params={{ id }} search={{}}>
        {say('past.now')}
      </PageLink>
    </Alert>
  );
}
