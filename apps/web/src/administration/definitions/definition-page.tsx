import { NativeSelect, Tabs } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageLink } from '../../frame/link';
import { NotThere } from '../../frame/not-there';
import { Page } from '../../frame/page';
import { definitionQuery } from '../../lifecycle/lifecycle-queries';
import { kindWords } from '../../words/codes';
import { useWords } from '../../words/words';
import type { Word } from '../../words/words';
import { definitionViews, readDefinitionSearch } from './definition-search';
import type { DefinitionView } from './definition-search';
import { definitionsQuery } from './definitions-queries';
import { DifferenceView } from './difference-view';
import { Editor } from './editor';
import { MigrateView } from './migrate-view';
import { stateWords } from './names';
import { PictureView } from './picture-view';
import { PublishView } from './publish-view';

const viewWords = {
  picture: 'definitions.view.picture',
  edit: 'definitions.view.edit',
  difference: 'definitions.view.difference',
  publish: 'definitions.view.publish',
  migrate: 'definitions.view.migrate',
} as const satisfies Record<DefinitionView, Word>;

/** One lifecycle in one of its versions: looked at, written anew, held against another, published, given to procedures. */
export function DefinitionPage(): ReactNode {
  const { say } = useWords();
  const from = '/_signed-in/administration/definitions/$name';
  const { name } = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate();
  const { items } = useSuspenseQuery(definitionsQuery()).data;
  const definition = items.find(({ id }) => id === name);
  const version = definition?.versions.find((one) => one.version === (search.version ?? definition.current));
  if (!definition || !version) return <NotThere />;

  const { view = 'picture' } = search;
  const go = (changed: Readonly<Record<string, unknown>>): void =>
    void navigate({ to: '/administration/definitions/$name', params: { name }, search: readDefinitionSearch({ ...search, ...changed }) });
  const open = definitionViews.filter((one) => {
    if (one === 'publish') return version.state === 'draft';
    return one !== 'migrate' || version.state === 'published';
  });
  const shown = open.find((one) => one === view) ?? 'picture';
  const choices = definition.versions.toReversed().map((one) => ({
    value: String(one.version),
    label: say('definitions.versionIs', { version: one.version, state: say(stateWords[one.state]) }),
  }));

  return (
    <Page
      title={say('definitions.of', { kind: say(kindWords[definition.kind]), version: version.version })}
      aside={
        <NativeSelect
          label={say('definitions.version')}
          value={String(version.version)}
          data={choices}
          onChange={({ currentTarget: { value } }) => go({ version: Number(value) })}
        />
      }
    >
      <PageLink to="/administration/definitions" data-noprint>
        {say('definitions.title')}
      </PageLink>
      <Tabs value={shown} onChange={(next) => go({ view: next })} mt="sm" keepMounted={false}>
        <Tabs.List mb="md" aria-label={say('definitions.views')}>
          {open.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {say(viewWords[one])}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="picture">
          <PictureView key={version.version} definition={definition} version={version} />
        </Tabs.Panel>
        <Tabs.Panel value="edit">
          <Editing key={name} id={name} version={version.version} />
        </Tabs.Panel>
        <Tabs.Panel value="difference">
          <DifferenceView definition={definition} version={version.version} other={search.with} choose={(other) => go({ with: other })} />
        </Tabs.Panel>
        <Tabs.Panel value="publish">
          <PublishView key={version.version} definition={definition} version={version.version} />
        </Tabs.Panel>
        <Tabs.Panel value="migrate">
          <MigrateView key={version.version} definition={definition} to={version.version} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Editing({ id, version }: { readonly id: string; readonly version: number }): ReactNode {
  const { data } = useSuspenseQuery(definitionQuery(id, version));
  return <Editor id={id} version={version} document={data} />;
}
