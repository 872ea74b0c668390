import { Button, Group, List, NativeSelect, Table, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Acts } from '../../form/acts';
import { LongField, TextField } from '../../form/fields';
import { momentText } from '../../format/format';
import { saveFile } from '../../format/save-file';
import { Page } from '../../frame/page';
import { Wide } from '../../table/wide';
import { useWords } from '../../words/words';
import { changeTemplate, papersQuery, templateQuery } from './paper-templates-queries';
import type { PaperTemplate } from './paper-templates-queries';
import { readPapersSearch } from './papers-search';

/** The wording of official papers, each to be replaced by another and restored. */
export function PaperTemplatesPage(): ReactNode {
  const { say } = useWords();
  const { paper = 'submission' } = useSearch({ from: '/_signed-in/administration/papers' });
  const navigate = useNavigate();
  const { items } = useSuspenseQuery(papersQuery()).data;
  const { data: template } = useSuspenseQuery(templateQuery(paper));
  const placeholders = items.find((one) => one.paper === paper)?.placeholders ?? [];
  return (
    <Page title={say('templates.title')}>
      <Text mb="md">{say('templates.says')}</Text>
      <NativeSelect
        mb="md"
        maw={420}
        label={say('templates.paper')}
        value={paper}
        data={items.map(({ paper: value, title }) => ({ value, label: title }))}
        onChange={({ currentTarget: { value } }) =>
          void navigate({ to: '/administration/papers', search: readPapersSearch({ paper: value }), replace: true })
        }
      />
      <Template key={`${paper} ${String(template.version)}`} template={template} />
      <Title order={2} size="h4" mt="xl" mb="xs">
        {say('templates.placeholders')}
      </Title>
      <Wide label={say('templates.placeholders')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('templates.placeholder')}</Table.Th>
              <Table.Th>{say('templates.meaning')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {placeholders.map(({ name, title, isBlock }) => (
              <Table.Tr key={name}>
                <Table.Td>
                  <code>{`{{${name}}}`}</code>
                </Table.Td>
                <Table.Td>{isBlock ? `${title} (${say('templates.ownLine')})` : title}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Page>
  );
}

function Template({ template }: { readonly template: PaperTemplate }): ReactNode {
  const { say, language } = useWords();
  const { paper, text, isBuiltIn, version, versions } = template;
  const reason = <TextField name="reason" label={say('templates.reason')} />;
  const replace = {
    name: 'replace-template',
    title: say('templates.replace'),
    fields: (
      <>
        <TemplateText text={text} />
        {reason}
      </>
    ),
    send: (body: Readonly<Record<string, unknown>>, key: string) => changeTemplate(paper, 'versions', body, key),
  };
  const restore = {
    name: 'restore-template',
    title: say('templates.restore'),
    effect: say('templates.restoreWhat'),
    fields: reason,
    send: (body: Readonly<Record<string, unknown>>, key: string) => changeTemplate(paper, 'restore', body, key),
  };
  return (
    <>
      <Text mb="sm">{isBuiltIn ? say('templates.builtIn') : say('templates.version', { version })}</Text>
      <Group mb="sm">
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => saveFile(new Blob([text], { type: 'text/plain;charset=utf-8' }), `${paper}.txt`)}
        >
          {say('templates.keep')}
        </Button>
      </Group>
      <Acts label={say('templates.title')} acts={isBuiltIn ? [replace] : [replace, restore]} />
      {versions.length > 0 && (
        <>
          <Title order={2} size="h4" mt="md" mb="xs">
            {say('templates.versions')}
          </Title>
          <List>
            {versions.toReversed().map((one) => (
              <List.Item key={one.version}>
                {say(one.isBuiltIn ? 'templates.restored' : 'templates.replaced', {
                  version: one.version,
                  who: one.actor.name ?? say('history.erased'),
                  when: momentText(one.recordedAt, language),
                  reason: one.reason,
                })}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </>
  );
}

/** The wording in a field, which may be read from a file of whoever replaces it. */
function TemplateText({ text }: { readonly text: string }): ReactNode {
  const { say } = useWords();
  const [read, setRead] = useState({ text, times: 0 });
  const readFrom = async (file: File): Promise<void> => {
    const found = await file.text();
    setRead(({ times }) => ({ text: found.normalize('NFC'), times: times + 1 }));
  };
  return (
    <>
      <div>
        <Text component="label" htmlFor="template-file" size="sm" fw={500} display="block">
          {say('templates.file')}
        </Text>
        <input
          id="template-file"
          type="file"
          accept=".txt,text/plain"
          onChange={({ currentTarget: { files } }) => {
            const [file] = files ?? [];
            if (file) void readFrom(file);
          }}
        />
      </div>
      <LongField
        key={read.times}
        name="text"
        label={say('templates.text')}
        help={say('templates.textHelp')}
        defaultValue={read.text}
        lines={12}
      />
    </>
  );
}
