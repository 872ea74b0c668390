import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { typedIn } from '../form/typed';
import { momentText } from '../format/format';
import { useWords } from '../words/words';
import { readMomentTyped } from './moments';

interface Props {
  readonly since: string | undefined;
  readonly go: (asOf: string | undefined) => void;
}

/** Takes a day, or a day and a time. */
export function MomentField({ since, go }: Props): ReactNode {
  const { say, language } = useWords();
  const [fault, setFault] = useState<string | null>(null);
  const seek = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const moment = readMomentTyped(typedIn(event.currentTarget, 'moment'));
    const isEarly = moment !== null && moment !== 'now' && since !== undefined && Date.parse(moment) < Date.parse(since);
    if (moment === null) setFault(say('history.noMoment'));
    else if (isEarly) setFault(say('history.tooEarly', { moment: momentText(since, language) }));
    else {
      setFault(null);
      go(moment === 'now' ? undefined : moment);
    }
  };
  return (
    <form onSubmit={seek} noValidate>
      <Group align="end" gap="xs">
        <TextInput
          name="moment"
          label={say('history.moment')}
          placeholder={say('history.momentLike')}
          autoComplete="off"
          error={fault}
          onChange={() => setFault(null)}
        />
        <Button type="submit" variant="default">
          {say('history.see')}
        </Button>
      </Group>
    </form>
  );
}
