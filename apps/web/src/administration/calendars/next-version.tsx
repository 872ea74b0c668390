import { Checkbox, List, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import { CommandForm } from '../../form/command-form';
import { DateField, FlagField, LongField } from '../../form/fields';
import { dateText, numberText } from '../../format/format';
import { useWords } from '../../words/words';
import type { Word } from '../../words/words';
import { previewed } from './calendar-queries';
import type { Calendar, CalendarPreview, CalendarToPublish } from './calendar-queries';
import { useIsHere } from '../../frame/here';
import type { CalendarDraft } from './calendar-draft';

interface Props {
  readonly calendar: Calendar;
  readonly draft: CalendarDraft;
  readonly year: number;
  /** Says what is amiss with single days, by list and number. */
  readonly found: (amiss: ReadonlyMap<string, string>) => void;
}

/** Publishes what was made of a calendar: first what it would do, then the act. */
export function NextVersion({ calendar, draft, year, found }: Props): ReactNode {
  const { say, language } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const { id, version, weekend, covers, source } = calendar;
  const [tried, setTried] = useState<{ readonly body: CalendarToPublish; readonly preview: CalendarPreview } | null>(null);
  const shownAmiss = (told: readonly { readonly path: string; readonly message: string }[]): void =>
    found(new Map(told.map(({ path, message }) => [path.split('.').slice(0, 2).join('.'), message])));

  const tryIt = async (typed: Readonly<Record<string, unknown>>): Promise<void> => {
    const { reason = '', recompute = false, covers: asked, source: stated = source } = typed as Partial<CalendarToPublish>;
    const { holidays, workingDays } = draft;
    const body: CalendarToPublish = {
      ...{ version, weekend, source: stated, reason, recompute },
      covers: { ...covers, ...asked },
      holidays: [...holidays],
      workingDays: [...workingDays],
    };
    setTried(null);
    try {
      const preview = await previewed(id, body, language);
      shownAmiss(preview.doubts);
      setTried({ body, preview });
    } catch (error) {
      if (error instanceof ApiProblem) shownAmiss(error.errors);
      throw error;
    }
  };
  const publish = async ({ confirm }: { readonly confirm?: unknown }, key: string): Promise<void> => {
    if (!tried) return;
    await command('POST', `/api/v1/calendars/${id}/versions`, { ...tried.body, ...(confirm !== undefined && { confirm }) }, { key });
    draft.discard();
    if (isHere()) await navigate({ to: '/administration/calendars', search: { ...(id !== 'vn' && { id }), year } });
  };

  return (
    <Stack gap="lg">
      <CommandForm
        label={say('calendars.next', { version: version + 1 })}
        submit={say('definitions.try')}
        send={tryIt}
        typed={() => setTried(null)}
      >
        <DateField
          name="covers.to"
          label={say('calendars.coversTo')}
          help={say('calendars.coversToHelp')}
          defaultValue={dateText(covers.to)}
        />
        <LongField name="source" label={say('calendars.source')} help={say('calendars.sourceHelp')} defaultValue={source} />
        <LongField name="reason" label={say('field.reason')} />
        <FlagField name="recompute" label={say('calendars.recompute')} help={say('calendars.recomputeHelp')} />
      </CommandForm>
      {tried && (
        <section aria-labelledby="calendar-preview">
          <Title order={3} size="h5" id="calendar-preview" mb="xs">
            {say('calendars.preview', { version: tried.preview.version })}
          </Title>
          <Moved preview={tried.preview} isRecomputed={tried.body.recompute === true} />
          <CommandForm
            label={say('calendars.publish', { version: tried.preview.version })}
            submit={say('calendars.publish', { version: tried.preview.version })}
            send={publish}
          >
            {[...new Set(tried.preview.doubts.map(({ code }) => code))].map((code) => (
              <Checkbox
                key={code}
                name="confirm"
                value={code}
                label={say('form.confirm', { message: tried.preview.doubts.find((one) => one.code === code)?.message ?? code })}
              />
            ))}
            <Text>{say('calendars.publishWhat')}</Text>
          </CommandForm>
        </section>
      )}
    </Stack>
  );
}

const movedWords = {
  unchanged: 'calendars.unchanged',
  earlier: 'calendars.earlier',
  later: 'calendars.later',
  dated: 'calendars.dated',
  past: 'calendars.past',
} as const satisfies Record<keyof CalendarPreview['dueDates'], Word>;
const moves = ['unchanged', 'earlier', 'past', 'later', 'dated'] as const;

/** What becomes of due dates that are open. */
function Moved({ preview: { dueDates }, isRecomputed }: { readonly preview: CalendarPreview; readonly isRecomputed: boolean }): ReactNode {
  const { say, language } = useWords();
  return (
    <Stack gap="xs" mb="md">
      <Text>{say(isRecomputed ? 'calendars.moved' : 'calendars.notMoved')}</Text>
      <List size="sm">
        {moves.map((move) => (
          <List.Item key={move}>{say(movedWords[move], { count: numberText(dueDates[move], language) })}</List.Item>
        ))}
      </List>
    </Stack>
  );
}
