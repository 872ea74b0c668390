import { Button, Fieldset, Grid, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { command } from '../../api/client';
import type { components } from '../../api/schema';
import { useSession } from '../../api/session';
import { useIsHere } from '../../frame/here';
import { Refusal } from '../../frame/refusal';
import { readLifecycle } from '../../lifecycle/lifecycle';
import { useWords } from '../../words/words';
import type { Word } from '../../words/words';
import { checkQuery } from './definitions-queries';
import { DefinitionForm } from './definition-form';
import classes from './editor.module.css';
import { useEditorText } from './editor-text';
import type { EditorText } from './editor-text';
import { FindingsList } from './findings-list';
import { placeOf } from './json-text';
import { Picture } from './picture';
import { WritingContext } from './writing';

interface Props {
  readonly id: string;
  readonly version: number;
  readonly document: unknown;
}

type Drafted = components['schemas']['VersionChangedAnswer'];

/** A version being written, as a form and as JSON side by side, with what is amiss and the picture of it. */
export function Editor(props: Props): ReactNode {
  const session = useSession();
  return session.state === 'in' ? <OwnEditor {...props} person={session.person.id} /> : null;
}

function OwnEditor({ id, version, document: original, person }: Props & { readonly person: string }): ReactNode {
  const { say, language } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const editor = useEditorText(`tinhgon-draft-definition-${id}-${person}`, version, original);
  const { document, read, change, replace } = editor;
  // What is typed is checked and drawn once the typing pauses.
  const [settled] = useDebouncedValue(document, 500);
  const check = useQuery({ ...checkQuery(id, settled, language), enabled: read.ok });
  const findings = useMemo(() => check.data ?? [], [check.data]);
  const lifecycle = useMemo(() => readLifecycle(settled), [settled]);
  const key = useRef(crypto.randomUUID());
  const saving = useMutation({
    mutationFn: async () => {
      const drafted = await command<Drafted>('POST', `/api/v1/definitions/${id}/versions`, Object(document) as object, {
        key: key.current,
      });
      editor.discard();
      if (!isHere()) return;
      await navigate({
        ...{ to: '/administration/definitions/$name', params: { name: id } },
        search: { version: drafted.version, view: 'publish' },
      });
    },
    onSettled: () => {
      key.current = crypto.randomUUID();
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (read.ok && !saving.isPending) saving.mutate();
  };

  return (
    <form onSubmit={submit} noValidate aria-label={say('definitions.view.edit')}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Fieldset variant="unstyled" disabled={!read.ok} legend={<span className={classes.heading}>{say('definitions.asForm')}</span>}>
            {!read.ok && <Text size="sm">{say('definitions.jsonFirst')}</Text>}
            <WritingContext.Provider value={{ document, change, replace, findings }}>
              <DefinitionForm />
            </WritingContext.Provider>
          </Fieldset>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack className={classes.beside ?? ''}>
            <Text size="sm" c="dimmed" role="status">
              {say(editor.isKept ? 'definitions.kept' : 'definitions.notBegun', { version: editor.from })}
            </Text>
            {saving.error && <Refusal error={saving.error} />}
            <Group>
              <Button type="submit" loading={saving.isPending} disabled={!read.ok}>
                {say('definitions.save')}
              </Button>
              {editor.isKept && (
                <Button variant="default" onClick={editor.discard}>
                  {say('definitions.discard')}
                </Button>
              )}
            </Group>
            <Text size="sm">{say('definitions.saveWhat')}</Text>
            <Written editor={editor} findings={findings} isChecking={check.isFetching} />
            <Title order={2} size="h4">
              {say('definitions.view.picture')}
            </Title>
            <Picture lifecycle={lifecycle} />
          </Stack>
        </Grid.Col>
      </Grid>
    </form>
  );
}

const faultWords = {
  end: 'definitions.json.end',
  character: 'definitions.json.character',
  twice: 'definitions.json.twice',
} as const satisfies Record<string, Word>;

interface WrittenProps {
  readonly editor: EditorText;
  readonly findings: Parameters<typeof FindingsList>[0]['findings'];
  readonly isChecking: boolean;
}

/** The JSON, and below it each thing that is amiss, with line and column. */
function Written({ editor: { text, read, type }, findings, isChecking }: WrittenProps): ReactNode {
  const { say } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const go = (offset: number): void => {
    const input = area.current;
    if (!input) return;
    input.focus();
    input.setSelectionRange(offset, offset + 1);
    input.scrollTop = (text.slice(0, offset).split('\n').length - 5) * 18;
  };
  const fault = read.ok ? null : say(faultWords[read.found], { line: read.at.line, column: read.at.column });
  useEffect(() => area.current?.setCustomValidity(fault ?? ''), [fault]);
  return (
    <Stack gap="xs">
      <Textarea
        ref={area}
        label={<span className={classes.heading}>{say('definitions.asJson')}</span>}
        description={say('definitions.asJsonHelp')}
        value={text}
        onChange={({ currentTarget: { value } }) => type(value)}
        error={fault}
        rows={18}
        spellCheck={false}
        autoCapitalize="off"
        classNames={{ input: classes.json ?? '' }}
      />
      {!read.ok && (
        <Group>
          <Button variant="default" size="compact-sm" onClick={() => go(read.at.offset)}>
            {say('definitions.goTo', { line: read.at.line, column: read.at.column })}
          </Button>
        </Group>
      )}
      <Title order={2} size="h4" mt="sm">
        {say('definitions.amiss')}
      </Title>
      <div role="status" aria-busy={isChecking}>
        {read.ok && (
          <FindingsList
            findings={findings}
            placeOf={({ path }) => {
              const place = placeOf(path, read.places);
              if (!place) return null;
              return { text: say('definitions.at', { line: place.line, column: place.column, path }), go: () => go(place.offset) };
            }}
          />
        )}
      </div>
    </Stack>
  );
}
