import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { momentText } from '../format/format';
import { useWords } from '../words/words';
import { useCatchingUp, useReconnecting, useShownLag } from './reach';

/** Says that the server is away, or that what is shown is not the newest, and since when; all of it mends itself. */
export function Lost(): ReactNode {
  const { say, language } = useWords();
  const awaySince = useReconnecting();
  const isBehind = useCatchingUp();
  const lag = useShownLag();
  const behind = lag === null ? (isBehind ? say('lost.behindWhat') : null) : say('lost.lagWhat', { moment: momentText(lag, language) });
  return (
    <div role="status">
      {awaySince !== null && (
        <Alert color="orange" variant="light" title={say('lost.title')} mb="md" data-lost="away">
          {say('lost.what')} {say('lost.shown', { moment: momentText(awaySince, language) })}
        </Alert>
      )}
      {awaySince === null && behind !== null && (
        <Alert color="orange" variant="light" title={say('lost.behind')} mb="md" data-lost="behind">
          {behind}
        </Alert>
      )}
    </div>
  );
}
