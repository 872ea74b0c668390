import { Card, NativeSelect, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { isFinal } from '../actions/final';
import { bulkActs } from '../actions/several-acts';
import { CommandForm } from '../form/command-form';
import { DateField, LongField } from '../form/fields';
import { numberText } from '../format/format';
import type { ChosenRows } from '../table/choosing';
import { FilterChips } from '../table/filter-chips';
import { FilterFields } from '../table/filter-fields';
import { isNarrowed, readFilters } from '../table/filters';
import { usePages } from '../table/pages';
import type { Item } from '../table/pages';
import type { Word } from '../words/words';
import { actionName } from '../words/codes';
import { useWords } from '../words/words';
import { begin } from './bulk-queries';
import type { Order } from './bulk-queries';
import { orders, readBulkSearch } from './bulk-search';
import type { BulkSearch } from './bulk-search';
import { ProcedureRows } from './procedure-rows';

type Row = Item<'/api/v1/procedures'>;

const orderWords = {
  '-registered': 'register.newest',
  registered: 'register.oldest',
  title: 'register.byTitle',
  stageSince: 'register.longestInStage',
  '-stageSince': 'register.shortestInStage',
  stage: 'register.byStage',
  field: 'register.byField',
} as const satisfies Record<(typeof orders)[number], Word>;

interface Props {
  readonly search: BulkSearch;
  /** What would become of the order is known. @param run Id of the preview */
  readonly looked: (run: string, order: Order) => void;
}

/** What is to be done, with which of the procedures that match: those that are chosen, or all. */
export function Ordering({ search, looked }: Props): ReactNode {
  const { say, language } = useWords();
  const navigate = useNavigate();
  const [chosen, choose] = useState<ChosenRows<Row>>(new Map());
  const { do: action, sort = '-registered' } = search;
  const filter = readFilters({ ...search });
  const pages = usePages('/api/v1/procedures', { ...filter, sort, limit: 50, total: 'true' });
  const total = pages.first?.total;
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({
      to: '/bulk',
      search: (before) => readBulkSearch({ ...before, ...changed }),
      replace: true,
      resetScroll: false,
    });
  const number = (count: number): string => numberText(count, language);
  const selection = chosen.size > 0 ? { ids: [...chosen.keys()] } : { filter: { ...filter, sort } };
  const matching = total ? say(total.more ? 'bulk.allMore' : 'bulk.all', { number: number(total.count) }) : '';

  return (
    <Stack>
      <NativeSelect
        label={say('bulk.action')}
        maw={360}
        value={action ?? ''}
        onChange={({ currentTarget: { value } }) => change({ do: value })}
        data={[
          { value: '', label: say('form.choose') },
          ...Object.keys(bulkActs).map((name) => ({ value: name, label: actionName(name, say) })),
        ]}
      />
      {action !== undefined && (
        <Card withBorder>
          <OrderForm
            key={action}
            action={action}
            send={async (body, reason, key) => {
              const order = { action, body, selection, ...(reason !== undefined && { reason }) };
              looked(await begin(order, key), order);
            }}
          />
        </Card>
      )}
      <section aria-label={say('bulk.which')}>
        <FilterFields
          label={say('register.filters')}
          filters={filter}
          change={change}
          sort={{ by: sort, orders: orders.map((one) => ({ value: one, label: say(orderWords[one]) })) }}
        />
        <FilterChips filters={filter} change={change} />
        <Text aria-live="polite" mb="xs" fw={600}>
          {chosen.size > 0 ? say('bulk.chosen', { number: number(chosen.size) }) : matching}
        </Text>
        <ProcedureRows pages={pages} chosen={chosen} choose={choose} isNarrowed={isNarrowed(filter)} />
      </section>
    </Stack>
  );
}

interface FormProps {
  readonly action: string;
  readonly send: (body: object, reason: string | undefined, key: string) => Promise<void>;
}

/** What the action asks for, once for all of them. */
function OrderForm({ action, send }: FormProps): ReactNode {
  const { say } = useWords();
  const Fields = bulkActs[action];
  if (!Fields) return null;
  return (
    <CommandForm
      label={actionName(action, say)}
      submit={say('bulk.preview')}
      send={({ runReason, ...body }, key) => send(body, typeof runReason === 'string' ? runReason : undefined, key)}
    >
      {isFinal(action) && <Text>{say('actions.final')}</Text>}
      <Suspense>
        <Fields />
      </Suspense>
      <DateField name="occurredOn" label={say('field.occurredOn')} help={say('field.occurredOnHelp')} optional />
      <LongField name="runReason" label={say('bulk.reason')} help={say('bulk.reasonHelp')} lines={2} optional />
    </CommandForm>
  );
}
