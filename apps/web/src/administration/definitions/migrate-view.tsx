import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { answerOf, client, queries } from '../../api/client';
import type { components } from '../../api/schema';
import { CommandForm } from '../../form/command-form';
import { ChoiceField, LongField } from '../../form/fields';
import { numberText } from '../../format/format';
import { useUnits } from '../../frame/units';
import { readLifecycle } from '../../lifecycle/lifecycle';
import { definitionQuery } from '../../lifecycle/lifecycle-queries';
import { stageTitle } from '../../lifecycle/titles';
import { clockWords } from '../../words/codes';
import { useWords } from '../../words/words';
import { keptQuery } from './definitions-queries';
import type { Definition } from './definitions-queries';
import { MigrationOutcome } from './migration-outcome';

export type Outcome = components['schemas']['MigrationAnswer'];
type Plan = components['schemas']['MigrationDto'];

interface Props {
  readonly definition: Definition;
  /** The version that they get. */
  readonly to: number;
}

/** Gives procedures that are under way this version: first what would become of them, then the act, then what became. */
export function MigrateView({ definition: { id, versions }, to }: Props): ReactNode {
  const { say, language } = useWords();
  const kept = useSuspenseQuery(keptQuery(id)).data.items;
  const olds = versions
    .filter((one) => one.version !== to && one.state !== 'draft')
    .map(({ version }) => ({ version, count: kept.filter((one) => one.version === version).reduce((sum, one) => sum + one.count, 0) }))
    .toSorted((one, other) => other.count - one.count);
  const [from, setFrom] = useState(olds[0]?.version);
  if (from === undefined) return <Text>{say('definitions.onlyOne')}</Text>;
  return (
    <Stack>
      <NativeSelect
        label={say('definitions.migrateFrom')}
        maw={420}
        value={String(from)}
        onChange={({ currentTarget: { value } }) => setFrom(Number(value))}
        data={olds.map(({ version, count }) => ({
          value: String(version),
          label: `${String(version)} – ${say('definitions.procedures', { count: numberText(count, language) })}`,
        }))}
      />
      <Migration key={from} id={id} from={from} to={to} stages={kept.filter((one) => one.version === from)} />
    </Stack>
  );
}

interface MigrationProps {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly stages: readonly { readonly stage: string; readonly count: number }[];
}

function Migration({ id, from, to, stages }: MigrationProps): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const units = useUnits();
  const old = readLifecycle(useSuspenseQuery(definitionQuery(id, from)).data);
  const next = readLifecycle(useSuspenseQuery(definitionQuery(id, to)).data);
  const [tried, setTried] = useState<{ readonly plan: Plan; readonly outcome: Outcome } | null>(null);
  const [done, setDone] = useState<Outcome | null>(null);
  const open = next.stages.filter(({ isEnd }) => !isEnd);

  const send = async (plan: Plan, dryRun: boolean, key: string): Promise<Outcome> => {
    return answerOf(
      client.POST('/api/v1/definitions/{id}/migrations', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body: { ...plan, dryRun },
      }),
    );
  };
  const tryIt = async (body: Readonly<Record<string, unknown>>, key: string): Promise<void> => {
    const { stages: mapped = {}, unit, clocks, reason } = body as Partial<Plan> & { readonly unit?: string };
    const plan = {
      ...{ from, to, stages: mapped, clocks: clocks ?? 'keep-due', reason: reason ?? '' },
      ...(unit !== undefined && { units: [unit] }),
    };
    setDone(null);
    setTried({ plan, outcome: await send(plan, true, key) });
  };
  const doIt = async (_: object, key: string): Promise<void> => {
    if (!tried) return;
    setDone(await send(tried.plan, false, key));
    setTried(null);
    await queries.invalidateQueries();
  };
  const count = tried?.outcome.outcomes.find(({ outcome }) => outcome === 'migrated')?.count ?? 0;

  return (
    <Stack gap="lg">
      <CommandForm label={say('definitions.view.migrate')} submit={say('definitions.try')} send={tryIt} typed={() => setTried(null)}>
        <Title order={2} size="h4">
          {say('definitions.mapping')}
        </Title>
        {old.stages
          .filter(({ isEnd }) => !isEnd)
          .map(({ name }) => (
            <NativeSelect
              key={name}
              name={`stages.${name}`}
              data-kind="text"
              label={say('definitions.mapped', {
                stage: stageTitle(old, name, words),
                count: numberText(stages.find((one) => one.stage === name)?.count ?? 0, language),
              })}
              defaultValue={open.some((one) => one.name === name) ? name : ''}
              data={[
                { value: '', label: say('definitions.notMapped') },
                ...open.map((one) => ({ value: one.name, label: stageTitle(next, one.name, words) })),
              ]}
            />
          ))}
        <ChoiceField
          name="clocks"
          label={say('definitions.clocks')}
          defaultValue="keep-due"
          choices={Object.entries(clockWords).map(([value, word]) => ({ value, label: say(word) }))}
        />
        <NativeSelect
          name="unit"
          data-kind="text"
          label={say('definitions.ofUnit')}
          defaultValue=""
          data={[{ value: '', label: say('register.any') }, ...units.all.map((unit) => ({ value: unit.id, label: unit.name }))]}
        />
        <LongField name="reason" label={say('field.reason')} />
      </CommandForm>
      {tried && (
        <section aria-labelledby="tried">
          <Title order={2} size="h4" id="tried" mb="xs">
            {say('definitions.tried')}
          </Title>
          <MigrationOutcome outcome={tried.outcome} isDone={false} />
          {count === 0 ? (
            <Text>{say('definitions.noneToMigrate')}</Text>
          ) : (
            <CommandForm
              label={say('definitions.migrateWhat', { version: to })}
              submit={say('definitions.migrateNow', { count: numberText(count, language) })}
              send={doIt}
            >
              <Text>{say('definitions.migrateWhat', { version: to })}</Text>
            </CommandForm>
          )}
        </section>
      )}
      {done && (
        <section aria-labelledby="done" role="status">
          <Title order={2} size="h4" id="done" mb="xs">
            {say('definitions.done')}
          </Title>
          <MigrationOutcome outcome={done} isDone />
        </section>
      )}
    </Stack>
  );
}
