import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import type { components } from '../api/schema';
import { ActDialog } from '../form/acts';
import type { Act } from '../form/acts';
import { DateField, LongField } from '../form/fields';
import { dateText } from '../format/format';
import { useUnits } from '../frame/units';
import { StateMark } from '../table/state-mark';
import type { Say, Word } from '../words/words';
import { useWords } from '../words/words';
import { DueMark } from './due-mark';

type Recommendation = components['schemas']['RecommendationAnswer'];
type Action = Recommendation['allowed'][number]['action'];

const remedyWords = {
  open: 'inspections.remedy.open',
  reported: 'inspections.remedy.reported',
  returned: 'inspections.remedy.returned',
  accepted: 'inspections.remedy.accepted',
} as const satisfies Record<Recommendation['state'], Word>;
interface Begun {
  readonly action: Action;
  readonly about: Recommendation;
}

const actionWords = {
  'report-remedy': 'inspections.report',
  'accept-remedy': 'inspections.accept',
  'return-remedy': 'inspections.return',
} as const satisfies Record<Action, Word>;

interface Props {
  readonly recommendations: readonly Recommendation[];
  /** The call that stands for the actions, without their names. */
  readonly path: `/api/v1/inspections/${string}/actions` | `/api/v1/steering-boards/${string}/actions`;
}

/** What is asked of whom by when, what was done about it, and what the person may do about that. */
export function RecommendationsList({ recommendations, path }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const [begun, begin] = useState<Begun | null>(null);
  return (
    <Stack gap="sm">
      {recommendations.map((one) => (
        <Card withBorder key={one.id} component="article" data-recommendation={one.id} data-state={one.state}>
          <Group gap="xs" mb="xs">
            <StateMark weight={one.state === 'accepted' ? 'plain' : 'soon'}>{say(remedyWords[one.state])}</StateMark>
            {one.state === 'accepted' ? (
              <Text size="sm">{say('inspections.wasDue', { date: dateText(one.dueOn) })}</Text>
            ) : (
              <DueMark of={one} />
            )}
          </Group>
          <Text style={{ whiteSpace: 'pre-wrap' }}>{one.text}</Text>
          <Text size="sm" mt="xs">
            {say('inspections.askedOf', { unit: units.nameOf(one.owner) })}
          </Text>
          <Remedies of={one} />
          <Group gap="xs" mt="sm" data-noprint>
            {one.allowed
              .filter(({ unmet }) => unmet.length === 0)
              .map(({ action }) => (
                <Button
                  key={action}
                  variant="default"
                  size="compact-sm"
                  data-action={action}
                  aria-haspopup="dialog"
                  onClick={() => begin({ action, about: one })}
                >
                  {say(actionWords[action])}
                </Button>
              ))}
          </Group>
        </Card>
      ))}
      <ActDialog act={begun && actOf(begun, path, say)} close={() => begin(null)} />
    </Stack>
  );
}

/** What was reported, oldest first, with what became of it. */
function Remedies({ of: { remedies } }: { readonly of: Recommendation }): ReactNode {
  const { say } = useWords();
  return remedies.map(({ text, evidence, reportedOn, outcome, decidedOn, reason }, at) => (
    <Stack key={at} gap={0} mt="sm" pl="md">
      <Text size="sm" fw={500}>
        {say('inspections.reportedOn', { date: dateText(reportedOn) })}
      </Text>
      <Text style={{ whiteSpace: 'pre-wrap' }}>{text}</Text>
      {evidence !== undefined && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {say('inspections.evidenceIs', { evidence })}
        </Text>
      )}
      {outcome !== undefined && decidedOn !== undefined && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {say(outcome === 'accepted' ? 'inspections.acceptedOn' : 'inspections.returnedOn', {
            date: dateText(decidedOn),
            reason: reason ?? '',
          })}
        </Text>
      )}
    </Stack>
  ));
}

function actOf({ action, about: { id: recommendation, text } }: Begun, path: Props['path'], say: Say): Act {
  const fields = {
    'report-remedy': (
      <>
        <LongField name="text" label={say('inspections.done')} />
        <LongField name="evidence" label={say('inspections.evidence')} optional />
      </>
    ),
    'accept-remedy': null,
    'return-remedy': <LongField name="reason" label={say('field.reason')} />,
  } as const satisfies Record<Action, ReactNode>;
  return {
    ...{ name: action, title: say(actionWords[action]), effect: text },
    fields: (
      <>
        {fields[action]}
        <DateField name="occurredOn" label={say('field.occurredOn')} help={say('field.occurredOnHelp')} optional />
      </>
    ),
    send: (body, key) => command('POST', `${path}/${action}`, { ...body, recommendation }, { key }),
  };
}
