import { Group, Switch, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { onAccepted } from '../api/accepted';
import { useWords } from '../words/words';
import { useActingFor } from './account';
import { useIsHere } from './here';
import { goesOn, placeIn, readAhead, setGoingOn } from './going-on';
import type { AheadItem, WorkAhead } from './going-on';
import { PageLink } from './link';

interface Props {
  /** Procedure id. */
  readonly id: string;
}

const linkTo = ({ id, actingFor }: AheadItem) => ({
  to: '/procedures/$id' as const,
  params: { id },
  search: actingFor === null ? {} : { for: actingFor },
});

const listOf = ({ search }: WorkAhead) => ({ to: '/' as const, search: Object.fromEntries(new URLSearchParams(search)) });

/** Between work that is worked off: leads back to the list and on to the next, by itself after an act where the person wants that. */
export function GoingOn({ id }: Props): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const actingFor = useActingFor();
  const [isOn, setOn] = useState(goesOn);
  const [ahead] = useState(readAhead);
  const place = ahead && placeIn(ahead, id, actingFor);
  const next = place?.next ?? null;

  useEffect(() => {
    if (!isOn || !ahead) return;
    return onAccepted((path) => {
      if (!path.startsWith(`/api/v1/procedures/${id}/actions/`) || !isHere()) return;
      if (next) void navigate(linkTo(next));
      else void navigate(listOf(ahead));
    });
  }, [isOn, ahead, id, next, navigate, isHere]);

  if (!ahead || !place) return null;
  return (
    <Group component="nav" gap="md" mb="sm" aria-label={say('goingOn.title')} data-noprint>
      <PageLink {...listOf(ahead)}>{say('goingOn.back', { at: place.at, of: place.of })}</PageLink>
      {next ? (
        <PageLink {...linkTo(next)} maw="30rem" truncate>
          {say('goingOn.next', { title: next.title })}
        </PageLink>
      ) : (
        <Text c="dimmed">{say('goingOn.last')}</Text>
      )}
      <Switch
        label={say('goingOn.switch')}
        checked={isOn}
        onChange={({ currentTarget: { checked } }) => {
          setGoingOn(checked);
          setOn(checked);
        }}
      />
    </Group>
  );
}
