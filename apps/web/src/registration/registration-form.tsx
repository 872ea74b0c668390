import { Text, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { CommandForm } from '../form/command-form';
import type { Draft } from '../form/draft';
import { ChoiceField, choicesOf, TextField, ValuesOfForm } from '../form/fields';
import { typedIn } from '../form/typed';
import { useIsHere } from '../frame/here';
import { PartsFields } from '../parts/parts-fields';
import { groups } from '../table/filters';
import { classificationWords, kindWords } from '../words/codes';
import { useWords } from '../words/words';
import { Similar } from './similar';
import { isKeptAsDraft, isReferenceOnly, registrationOf } from './registration';

interface Props {
  readonly units: readonly { readonly id: string; readonly name: string }[];
  /** Unit id. */
  readonly own: string;
  readonly draft: Draft;
}

/** All that may be said of a procedure when it is registered. */
export function RegistrationForm({ units, own, draft }: Props): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const { values } = draft;
  const [kind, setKind] = useState(values.kind ?? '');
  const [classification, classify] = useState(values.classification ?? 'none');
  const [title, setTitle] = useState(values.title ?? '');
  const seek = useDebouncedCallback(setTitle, 300);

  const send = async (body: Readonly<Record<string, unknown>>, key: string): Promise<void> => {
    const { id } = await command('POST', '/api/v1/procedures', registrationOf(body), { key });
    if (isHere()) await navigate({ to: '/procedures/$id', params: { id } });
  };
  const typed = (form: HTMLFormElement): void => seek(typedIn(form, 'title'));

  return (
    <ValuesOfForm value={values}>
      <CommandForm label={say('registration.title')} submit={say('registration.submit')} send={send} typed={typed} draft={draft}>
        <TextField name="title" label={say('procedure.title')} />
        <Similar title={title} />
        <ChoiceField name="kind" label={say('procedure.kind')} choices={choicesOf(kindWords, say)} chosen={setKind} />
        {kind === 'internal' && (
          <ChoiceField name="group" label={say('procedure.group')} choices={groups.map((group) => ({ value: group, label: group }))} />
        )}
        <TextField name="field" label={say('procedure.field')} />
        <ChoiceField
          name="owningUnit"
          label={say('procedure.owningUnit')}
          choices={units.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={own}
        />
        <TextField name="code" label={say('procedure.code')} help={say('registration.codeHelp')} optional />
        <ChoiceField
          name="classification"
          label={say('procedure.classification')}
          choices={choicesOf(classificationWords, say)}
          defaultValue="none"
          chosen={classify}
          optional
        />
        {!isKeptAsDraft({ classification }) && <Text size="sm">{say('registration.unkept')}</Text>}
        {isReferenceOnly(classification) ? (
          <Text size="sm">{say('registration.withoutParts')}</Text>
        ) : (
          <>
            <Title order={2} size="h4" mt="md">
              {say('parts.title')}
            </Title>
            <PartsFields at="parts." />
          </>
        )}
      </CommandForm>
    </ValuesOfForm>
  );
}
