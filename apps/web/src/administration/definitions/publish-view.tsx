import { Checkbox, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { CommandForm } from '../../form/command-form';
import { numberText } from '../../format/format';
import { useIsHere } from '../../frame/here';
import { NotHad } from '../../frame/not-had';
import { useWords } from '../../words/words';
import { keptQuery, validationQuery } from './definitions-queries';
import type { Definition } from './definitions-queries';
import { Differences } from './difference-view';
import { FindingsList } from './findings-list';

interface Props {
  readonly definition: Definition;
  readonly version: number;
}

/** The last look before a draft is published: what is amiss, what is new, and whom it concerns. */
export function PublishView({ definition: { id, current }, version }: Props): ReactNode {
  const { say, language } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const validation = useQuery(validationQuery(id, version, language));
  const kept = useSuspenseQuery(keptQuery(id)).data.items.reduce((sum, { count }) => sum + count, 0);
  const findings = validation.data ?? [];
  const doubts = [...new Set(findings.filter(({ severity }) => severity === 'doubt').map(({ code }) => code))];
  const hasErrors = findings.some(({ severity }) => severity === 'error');
  const publish = async (body: object, key: string): Promise<void> => {
    await command('POST', `/api/v1/definitions/${id}/versions/${String(version)}/publish`, body, { key });
    if (isHere()) await navigate({ to: '/administration/definitions/$name', params: { name: id }, search: { version } });
  };
  return (
    <Stack gap="lg">
      <section aria-labelledby="amiss">
        <Title order={2} size="h4" id="amiss" mb="xs">
          {say('definitions.amiss')}
        </Title>
        {validation.isPending && <Skeleton height={60} />}
        {validation.error && <NotHad error={validation.error} again={() => void validation.refetch()} />}
        {validation.data && <FindingsList findings={findings} />}
      </section>
      {current !== null && (
        <section aria-labelledby="new">
          <Title order={2} size="h4" id="new" mb="xs">
            {say('definitions.newIn', { version: current })}
          </Title>
          <Differences id={id} before={current} after={version} />
        </section>
      )}
      <section aria-labelledby="publish">
        <Title order={2} size="h4" id="publish" mb="xs">
          {say('definitions.view.publish')}
        </Title>
        <Text mb="md" maw={720}>
          {say('definitions.publishWhat', { version, count: numberText(kept, language) })}
        </Text>
        {hasErrors && <Text fw={600}>{say('definitions.errorsFirst')}</Text>}
        {validation.data && !hasErrors && (
          <CommandForm label={say('definitions.view.publish')} submit={say('definitions.publishNow', { version })} send={publish}>
            {doubts.map((code) => (
              <Checkbox
                key={code}
                name="confirm"
                value={code}
                label={say('form.confirm', { message: findings.find((one) => one.code === code)?.message ?? code })}
              />
            ))}
          </CommandForm>
        )}
      </section>
    </Stack>
  );
}
