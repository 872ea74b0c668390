import { Group, NativeSelect, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../api/session';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { UnitFilter } from '../frame/unit-filter';
import { useUnits } from '../frame/units';
import { dateText, numberText } from '../format/format';
import { usePages } from '../table/pages';
import { Table } from '../table/table';
import { classificationWords, kindName, kindWords, knownStages, stageName } from '../words/codes';
import { useWords } from '../words/words';
import { CountedChips } from './counted-chips';
import { ExportButton } from './export-button';
import { classifications, groups, kinds, readRegisterSearch } from './register-search';
import { WordsField } from '../form/words-field';

/** The register: every procedure that the person may see. */
export function RegisterPage(): ReactNode {
  const { say, language } = useWords();
  const search = useSearch({ from: '/_signed-in/procedures/' });
  const navigate = useNavigate();
  const units = useUnits();
  const pages = usePages('/api/v1/procedures', { ...search, limit: 50, total: 'true' });
  const total = pages.first?.total;
  const session = useSession();
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({ to: '/procedures', search: readRegisterSearch({ ...search, ...changed }), replace: true });
  const any = { value: '', label: say('register.any') };

  return (
    <Page
      title={say('register.title')}
      busy={pages.isFirst}
      aside={
        session.state === 'in' &&
        session.person.roles.includes('officer') && <PageLink to="/procedures/new">{say('registration.title')}</PageLink>
      }
    >
      <Group align="end" mb="md" role="search" aria-label={say('register.filters')}>
        <WordsField label={say('register.q')} words={search.q ?? ''} seek={(q) => change({ q })} />
        <NativeSelect
          label={say('procedure.kind')}
          value={search.kind ?? ''}
          onChange={({ currentTarget: { value } }) => change({ kind: value })}
          data={[any, ...kinds.map((kind) => ({ value: kind, label: say(kindWords[kind]) }))]}
        />
        <NativeSelect
          label={say('procedure.group')}
          value={search.group ?? ''}
          onChange={({ currentTarget: { value } }) => change({ group: value })}
          data={[any, ...groups.map((group) => ({ value: group, label: group }))]}
        />
        <NativeSelect
          label={say('procedure.stage')}
          value={search.stage ?? ''}
          onChange={({ currentTarget: { value } }) => change({ stage: value })}
          data={[any, ...knownStages.map((stage) => ({ value: stage, label: stageName(stage, say) }))]}
        />
        <UnitFilter unit={search.unit} choose={(unit) => change({ unit })} />
        <NativeSelect
          label={say('procedure.classification')}
          value={search.classification ?? ''}
          onChange={({ currentTarget: { value } }) => change({ classification: value })}
          data={[any, ...classifications.map((one) => ({ value: one, label: say(classificationWords[one]) }))]}
        />
      </Group>
      <CountedChips counted={search} change={change} />
      <Group justify="space-between" mb="xs">
        <Text aria-live="polite">
          {total && say(total.more ? 'register.totalMore' : 'register.total', { number: numberText(total.count, language) })}
        </Text>
        <ExportButton search={search} />
      </Group>
      <Table
        caption={say('register.title')}
        pages={pages}
        sorted={{ by: search.sort ?? '-registered', change: (sort) => change({ sort }) }}
        keyOf={({ id }) => id}
        linkOf={({ id }) => ({ to: '/procedures/$id', params: { id } })}
        empty={
          Object.keys(search).length === 0
            ? { title: say('register.empty'), what: say('register.emptyWhat') }
            : { title: say('register.none'), what: say('register.noneWhat') }
        }
        columns={[
          { title: say('procedure.title'), sort: 'title', cell: ({ title }) => title },
          { title: say('procedure.code'), cell: ({ code }) => code ?? '' },
          {
            title: say('procedure.kind'),
            cell: ({ kind, group }) => kindName(kind, group, say),
          },
          { title: say('procedure.owningUnit'), cell: ({ owningUnit }) => units.nameOf(owningUnit) },
          { title: say('procedure.stageSince'), sort: 'stageSince', cell: ({ stageSince }) => dateText(stageSince) },
          { title: say('procedure.stage'), sort: 'stage', cell: ({ stage }) => stageName(stage, say) },
        ]}
      />
    </Page>
  );
}
