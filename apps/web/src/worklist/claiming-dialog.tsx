import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { AssignFields, ReasonFields } from '../actions/action-fields';
import { CommandForm } from '../form/command-form';
import { Dialog } from '../frame/dialog';
import { claimingWords } from '../words/codes';
import { useWords } from '../words/words';
import { sendClaiming } from './claim';
import type { Claiming } from './claim';
import type { Work } from './work-words';

interface Props {
  readonly work: Work;
  /** Null while it is closed. */
  readonly begun: Claiming | null;
  readonly close: () => void;
}

/** Asks for what a claim, a release or a gift of work wants to be told. */
export function ClaimingDialog({ work, begun, close }: Props): ReactNode {
  const { say } = useWords();
  return (
    <Dialog title={begun ? say(claimingWords[begun.action]) : ''} opened={begun !== null} close={close}>
      {begun && <ClaimingForm work={work} action={begun.action} done={close} />}
    </Dialog>
  );
}

interface FormProps {
  readonly work: Work;
  readonly action: Claiming['action'];
  readonly done: () => void;
}

function ClaimingForm({ work, action, done }: FormProps): ReactNode {
  const { say } = useWords();
  return (
    <>
      <Text mb="sm">{work.title}</Text>
      <CommandForm
        label={say(claimingWords[action])}
        submit={say(claimingWords[action])}
        send={async (body, key) => {
          await sendClaiming(work, action, body, key);
          done();
        }}
        cancel={done}
      >
        {action === 'assign' ? <AssignFields near={work.owningUnit} /> : <ReasonFields />}
      </CommandForm>
    </>
  );
}
