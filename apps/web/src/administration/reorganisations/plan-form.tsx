import { Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { answerOf, client } from '../../api/client';
import { CommandForm } from '../../form/command-form';
import { useDraft } from '../../form/draft';
import { ValuesOfForm } from '../../form/fields';
import type { Values } from '../../form/values';
import { UnderWay } from '../../frame/under-way';
import { useWords } from '../../words/words';
import { PreviewTable } from './preview-table';
import type { Preview, Step } from './reorganisations-queries';
import { PlanFields } from './step-fields';

type Body = Readonly<Record<string, unknown>>;

interface How {
  readonly key: string;
  /** Of the plan, when the form was begun; undefined for one that is not there yet. */
  readonly revision?: number;
}

interface Props {
  /** What is typed is kept under this name until it is sent, or cancelled. */
  readonly name: string;
  readonly label: string;
  /** What the button that sends it says. */
  readonly submit: string;
  /** (Default: nothing) */
  readonly begin?: Values;
  readonly revision?: number;
  readonly send: (body: Body, how: How) => Promise<void>;
  readonly close: () => void;
}

/** A plan is looked at first, and made of what was looked at. */
export function PlanForm({ name, label, submit, begin = {}, revision, send, close }: Props): ReactNode {
  const { say } = useWords();
  const draft = useDraft(name, revision === undefined ? {} : { revision });
  const [looked, look] = useState<{ readonly body: Body; readonly preview: Preview } | null>(null);
  if (draft === null) return <UnderWay />;
  const since = draft.revision === undefined ? {} : { revision: draft.revision };
  // To look at it sends nothing.
  const kept = { ...draft, keep: (form: HTMLFormElement) => draft.keep(form), drop: () => undefined };
  return (
    <>
      <Fields begin={draft.isKept ? draft.values : begin}>
        <CommandForm
          label={label}
          submit={say('reorganisation.look')}
          cancel={() => {
            draft.drop();
            close();
          }}
          typed={() => look(null)}
          draft={kept}
          send={async (body) => look({ body, preview: await previewOf(body) })}
        >
          <PlanFields />
        </CommandForm>
      </Fields>
      {looked && (
        <>
          <Title order={3} size="h5" mt="md" mb="sm">
            {say('reorganisation.preview')}
          </Title>
          {/* The form sent it, and the answer says that it was one. */}
          <PreviewTable label={say('reorganisation.preview')} steps={looked.body.steps as readonly Step[]} preview={looked.preview} />
          {looked.preview.unmet.length === 0 && (
            <CommandForm
              label={submit}
              submit={submit}
              send={async (_, key) => {
                await send(looked.body, { key, ...since });
                draft.drop();
              }}
            >
              {null}
            </CommandForm>
          )}
        </>
      )}
    </>
  );
}

/** What the fields begin with stays, whatever is kept of them meanwhile. */
function Fields({ begin, children }: { readonly begin: Values; readonly children: ReactNode }): ReactNode {
  const [values] = useState(begin);
  return <ValuesOfForm value={values}>{children}</ValuesOfForm>;
}

/** What the server makes of it; a refusal says what is wrong in which field. */
const previewOf = (body: Body): Promise<Preview> => answerOf(client.POST('/api/v1/reorganisations/preview', { body: body as never }));
