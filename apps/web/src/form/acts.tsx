import { Alert, Button, Card, Group, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Dialog } from '../frame/dialog';
import { useWords } from '../words/words';
import { CommandForm } from './command-form';

/** Something that can be done with what the page shows, by a form. */
export interface Act {
  /** Names it, for tools. */
  readonly name: string;
  /** What the button says that begins it, and the one that sends it. */
  readonly title: string;
  /** What it will do, said before it is done. (Default: the fields say it) */
  readonly effect?: ReactNode;
  /** Whether it cannot be undone. (Default: false) */
  readonly isFinal?: boolean;
  readonly fields?: ReactNode;
  readonly send: (body: Readonly<Record<string, unknown>>, key: string) => Promise<unknown>;
}

interface Props {
  readonly label: string;
  readonly acts: readonly Act[];
  /** Level of the form's heading. (Default: 2) */
  readonly heading?: 2 | 3;
}

/** Buttons that each begin a form below them; says when what they did was done, also where nothing is left to do. Who pressed them is led on from there. */
export function Acts({ label, acts, heading = 2 }: Props): ReactNode {
  const { say } = useWords();
  const [begun, begin] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const said = useRef<HTMLDivElement>(null);
  // The form is gone, and with it what had the focus. Who went elsewhere meanwhile is left there.
  useEffect(() => {
    if (done !== null && document.activeElement === document.body) said.current?.focus({ preventScroll: true });
  }, [done]);
  const act = acts.find(({ name }) => name === begun);
  if (acts.length === 0 && done === null) return null;
  return (
    <section aria-label={label} data-noprint>
      <Group gap="xs" mb="sm">
        {acts.map(({ name, title }) => (
          <Button
            key={name}
            data-action={name}
            size="compact-sm"
            variant={name === begun ? 'filled' : 'default'}
            aria-expanded={name === begun}
            onClick={() => {
              setDone(null);
              begin(name === begun ? null : name);
            }}
          >
            {title}
          </Button>
        ))}
      </Group>
      {act && (
        <Card withBorder mb="md">
          <Title order={heading} size="h5" mb="sm">
            {act.title}
          </Title>
          <ActForm
            key={act.name}
            act={act}
            close={() => begin(null)}
            done={() => {
              begin(null);
              setDone(act.title);
            }}
          />
        </Card>
      )}
      <div role="status" ref={said} tabIndex={-1}>
        {done !== null && (
          <Alert color="teal" variant="light" mb="md">
            {say('acts.done', { title: done })}
          </Alert>
        )}
      </div>
    </section>
  );
}

/** The form of an act over the page, for one of many rows. @param act Null while none is begun */
export function ActDialog({ act, close }: { readonly act: Act | null; readonly close: () => void }): ReactNode {
  return (
    <Dialog title={act?.title ?? ''} opened={act !== null} close={close}>
      {act && <ActForm act={act} close={close} done={close} />}
    </Dialog>
  );
}

interface FormProps {
  readonly act: Act;
  readonly close: () => void;
  readonly done: () => void;
}

function ActForm({ act: { title, effect, isFinal = false, fields, send }, close, done }: FormProps): ReactNode {
  const { say } = useWords();
  return (
    <CommandForm
      label={title}
      submit={title}
      cancel={close}
      send={async (body, key) => {
        await send(body, key);
        done();
      }}
    >
      {(effect !== undefined || isFinal) && (
        <Alert color={isFinal ? 'orange' : 'blue'} variant="light" {...(isFinal && { title: say('acts.final') })}>
          {effect}
        </Alert>
      )}
      {fields}
    </CommandForm>
  );
}
